package io.highlyavailable.operator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppFactoryTest {
  private static final AppFactory FACTORY = new AppFactory("prod", "cluster-uid", "eu-west-1");

  @Test
  void fillsInEveryDefault() {
    App app = valid("image: shop:1");
    App.Workload workload = app.workload();
    assertThat(workload.port()).isEqualTo(8080);
    assertThat(workload.scale())
        .isEqualTo(new App.Scale.Automatic(3, 10, 70, null, Duration.ofMinutes(5)));
    assertThat(workload.availability())
        .isEqualTo(new App.Availability(3, false, 1, Duration.ofSeconds(30), true));
    assertThat(workload.networkPolicy()).isTrue();
    assertThat(workload.serviceAccountName()).isNull();
    assertThat(app.region()).isEqualTo("eu-west-1");
    assertThat(app.network()).isEqualTo(new NetworkChoice.Discover(List.of()));
    assertThat(app.bindings()).isEqualTo(new App.BindingSettings(true, "", ""));
    assertThat(app.deletionProtection()).isTrue();
    assertThat(app.alarms()).isFalse();
    assertThat(app.dashboard()).isFalse();
    assertThat(app.ingress()).isEmpty();
    assertThat(app.databaseSettings()).isEmpty();
    assertThat(app.bucketSettings()).isEmpty();
  }

  @Test
  void runsInPodsUnlessInstancesAreAskedFor() {
    assertThat(valid("image: shop:1").instances()).isEmpty();
    assertThat(valid("image: shop:1\ncompute: {containers: {}}").instances()).isEmpty();
    assertThat(
            valid("image: shop:1\ningress: {host: a.example.com}\ncompute: {instances: {}}")
                .instances())
        .contains(new InstanceSettings("t4g.medium", 20, 100, Duration.ofMinutes(2)));
  }

  @Test
  void aNewInstanceStartsBeforeAnOldOneGoesOnlyWhereAllAreToStayHealthy() {
    assertThat(new InstanceSettings("t4g.medium", 20, 100, Duration.ZERO).maxHealthyPercentage())
        .isEqualTo(110);
    assertThat(new InstanceSettings("t4g.medium", 20, 90, Duration.ZERO).maxHealthyPercentage())
        .isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compute: {} | spec.compute",
        "{ingress: {host: a.example.com}, compute: {containers: {}, instances: {}}} | spec.compute",
        "compute: {instances: {}} | spec.ingress",
        "{ingress: {host: a.example.com}, compute: {instances: {}},"
            + " env: [{name: A, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]} | spec.env",
      })
  void refusesWhatInstancesCannotHave(String spec, String field) {
    String all =
        spec.startsWith("{")
            ? spec.replaceFirst("\\{", "{image: 'shop:1', ")
            : "image: shop:1\n" + spec;
    assertThat(violations(all)).extracting(Violation::field).containsExactly(field);
  }

  @Test
  void fillsInTheDefaultsOfAManagedNetwork() {
    assertThat(valid("image: shop:1\nnetwork: {managed: {cidr: 10.40.0.0/16}}").network())
        .isEqualTo(
            new NetworkChoice.Managed(
                Cidr.parse("10.40.0.0/16"), 3, NatGateways.PER_ZONE, true, List.of()));
    String given =
        """
        image: shop:1
        availability: {zones: 2}
        network:
          managed: {cidr: 10.40.0.0/22, natGateways: None, peerWithCluster: false}
          clientSecurityGroupIds: [sg-1]
        """;
    assertThat(valid(given).network())
        .isEqualTo(
            new NetworkChoice.Managed(
                Cidr.parse("10.40.0.0/22"), 2, NatGateways.NONE, false, List.of("sg-1")));
  }

  @Test
  void fillsInHowLongRecordsOfTrafficAreKept() {
    assertThat(flowLogs("{}")).isEqualTo(30);
    assertThat(flowLogs("{retentionDays: 400}")).isEqualTo(400);
    assertThat(flowLogs("null")).isNull();
  }

  private static @Nullable Integer flowLogs(String block) {
    String spec = "image: shop:1\nnetwork: {managed: {cidr: 10.40.0.0/16, flowLogs: %s}}";
    return ((NetworkChoice.Managed) valid(spec.formatted(block)).network()).flowLogRetentionDays();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network: {managed: {cidr: 11.0.0.0/16}} | spec.network.managed.cidr",
        "network: {managed: {cidr: 10.0.0.0/8}} | spec.network.managed.cidr",
        "network: {managed: {cidr: 10.0.0.0/24}} | spec.network.managed.cidr",
        "network: {managed: {cidr: 10.0.1.0/16}} | spec.network.managed.cidr",
        "network: {managed: {cidr: no}} | spec.network.managed.cidr",
        "network: {managed: {cidr: 10.0.0.0/16}, discover: {}} | spec.network",
        "{network: {managed: {cidr: 10.0.0.0/16}}, availability: {zones: 4}}"
            + " | spec.availability.zones",
        "{network: {managed: {cidr: 10.0.0.0/16}}, availability: {zones: 1},"
            + " sessionStore: {redis: {}}} | spec.availability.zones",
      })
  void refusesANetworkThatCannotBeMade(String spec, String field) {
    String all =
        spec.startsWith("{")
            ? spec.replaceFirst("\\{", "{image: 'shop:1', ")
            : "image: shop:1\n" + spec;
    assertThat(violations(all)).extracting(Violation::field).containsExactly(field);
  }

  @Test
  void fillsInTheDefaultsOfTheDatabase() {
    assertThat(valid("image: shop:1\ndatabase: {rds: {engine: postgres}}").databaseSettings())
        .contains(
            new DatabaseSettings(
                "postgres",
                null,
                "db.t4g.medium",
                50,
                null,
                true,
                14,
                null,
                null,
                DeletionPolicy.SNAPSHOT));
  }

  @Test
  void whatIsAdoptedIsRetainedAndKeepsItsName() {
    App app =
        valid(
            """
            image: shop:1
            deletionPolicy: Delete
            database: {rds: {engine: postgres, existing: {id: orders}}}
            storage: {s3: {existing: {name: acme-orders}}}
            """);
    assertThat(app.databaseId()).isEqualTo("orders");
    assertThat(app.databaseSettings().orElseThrow().deletionPolicy())
        .isEqualTo(DeletionPolicy.RETAIN);
    assertThat(app.bucketName("111122223333")).isEqualTo("acme-orders");
    assertThat(app.bucketSettings().orElseThrow().deletionPolicy())
        .isEqualTo(DeletionPolicy.RETAIN);
    App own = valid("image: shop:1\ndatabase: {rds: {engine: postgres}}");
    assertThat(own.databaseId()).isEqualTo(own.resourceName());
    assertThat(own.bucketName("111122223333")).startsWith(own.resourceName());
  }

  @Test
  void fillsInTheDefaultsOfTheTable() {
    App app = valid("image: shop:1\ndatabase: {dynamoDb: {partitionKey: {name: id, type: S}}}");
    assertThat(app.databaseSettings()).isEmpty();
    assertThat(app.tableSettings())
        .contains(
            new TableSettings(
                new TableSettings.Key("id", "S"), null, true, "", DeletionPolicy.SNAPSHOT));
  }

  @Test
  void keepsWhatIsGivenOfTheTable() {
    App app =
        valid(
            """
            image: shop:1
            database:
              dynamoDb:
                partitionKey: {name: id, type: S}
                sortKey: {name: at, type: N}
                pointInTimeRecovery: false
                timeToLiveAttribute: expires
                deletionPolicy: Retain
            """);
    assertThat(app.tableSettings())
        .contains(
            new TableSettings(
                new TableSettings.Key("id", "S"),
                new TableSettings.Key("at", "N"),
                false,
                "expires",
                DeletionPolicy.RETAIN));
  }

  @Test
  void refusesABackupWindowThatOverlapsTheMaintenanceWindow() {
    var outcome =
        (AppOutcome.InvalidSpec)
            new AppFactory("prod", "cluster-uid", "eu-west-1", "")
                .create(
                    resource(
                        "image: shop:1\n"
                            + "database: {rds: {engine: postgres, backupWindow: \"02:30-03:30\"}}"),
                    "ns-uid");
    assertThat(outcome.message())
        .contains("spec.database.rds.backupWindow", "sun:03:00-sun:04:00", "overlap");
  }

  @Test
  void fillsInTheDefaultsOfTheBucket() {
    assertThat(valid("image: shop:1\nstorage: {s3: {}}").bucketSettings())
        .contains(new BucketSettings(true, null, DeletionPolicy.SNAPSHOT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          {image: x}                                                              | ''           | none
          {image: x}                                                              | eu-central-1 | eu-central-1
          {image: x, aws: {region: eu-central-1}}                                 | eu-central-1 | none
          {image: x, disasterRecovery: {}}                                        | eu-central-1 | eu-central-1
          {image: x, disasterRecovery: {region: eu-north-1}}                      | eu-central-1 | eu-north-1
          {image: x, disasterRecovery: {region: eu-north-1}}                      | ''           | eu-north-1
          {image: x, aws: {region: eu-north-1}, disasterRecovery: {region: eu-west-1}} | ''      | eu-west-1
          """)
  void copiesGoToTheRegionAskedForElseToTheOperators(
      String spec, String operators, @Nullable String expected) {
    AppFactory factory = new AppFactory("prod", "cluster-uid", "eu-west-1", operators);
    App app = ((AppOutcome.Valid) factory.create(resource(spec), "ns-uid")).app();
    assertThat(app.recoverySettings().map(Recovery::region).orElse(null)).isEqualTo(expected);
    assertThat(app.recoverySettings().stream())
        .allMatch(it -> it.storageReplication() && it.databaseBackups());
  }

  @ParameterizedTest
  @CsvSource({
    "'{image: x, disasterRecovery: {}}', ''",
    "'{image: x, disasterRecovery: {region: eu-west-1}}', ''",
    "'{image: x, disasterRecovery: {region: eu-west-1}}', eu-central-1",
    "'{image: x, aws: {region: eu-central-1}, disasterRecovery: {}}', eu-central-1",
  })
  void copiesNeedAnotherRegion(String spec, String operators) {
    AppFactory factory = new AppFactory("prod", "cluster-uid", "eu-west-1", operators);
    var outcome = (AppOutcome.InvalidSpec) factory.create(resource(spec), "ns-uid");
    assertThat(outcome.violations())
        .extracting(Violation::field)
        .containsExactly("spec.disasterRecovery.region");
  }

  @Test
  void copiesObjectsOfAVersionedBucketOnly() {
    String recovery = "image: x\ndisasterRecovery: {region: eu-north-1}\n";
    assertThat(valid(recovery).bucketCopies()).isEmpty();
    assertThat(valid(recovery + "storage: {s3: {}}").bucketCopies()).isPresent();
    assertThat(valid(recovery + "storage: {s3: {versioning: false}}").bucketCopies()).isEmpty();
    assertThat(
            valid(
                    "image: x\nstorage: {s3: {}}\n"
                        + "disasterRecovery: {region: eu-north-1, storageReplication: false}")
                .bucketCopies())
        .isEmpty();
  }

  @Test
  void readsCorsRules() {
    App app =
        valid(
            """
            image: x
            storage: {s3: {cors: [{allowedOrigins: ["*"], allowedMethods: [GET], maxAgeSeconds: 60}]}}
            """);
    assertThat(app.bucketSettings().orElseThrow().cors())
        .containsExactly(
            new CorsRule(
                List.of("*"), List.of("GET"), List.of(), List.of(), Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource({"redis, 3", "valkey, 3", "memcached, 3"})
  void fillsInTheDefaultsOfTheSessionStore(String engine, int nodes) {
    assertThat(valid("image: shop:1\nsessionStore: {%s: {}}".formatted(engine)))
        .extracting(App::sessionStore)
        .isEqualTo(
            new SessionStoreSettings(
                engine, null, "cache.t4g.small", nodes, DeletionPolicy.SNAPSHOT));
  }

  @Test
  void aDataBlockOverridesTheDeletionPolicy() {
    App app =
        valid(
            """
            image: shop:1
            deletionPolicy: Delete
            database: {rds: {engine: mysql, deletionPolicy: Retain}}
            storage: {s3: {}}
            """);
    assertThat(app.databaseSettings().orElseThrow().deletionPolicy())
        .isEqualTo(DeletionPolicy.RETAIN);
    assertThat(app.bucketSettings().orElseThrow().deletionPolicy())
        .isEqualTo(DeletionPolicy.DELETE);
  }

  @Test
  void requestsCpuAndMemoryUnlessTheUserDoes() {
    assertThat(valid("image: shop:1").workload().resources().getRequests())
        .containsOnly(entry("cpu", new Quantity("250m")), entry("memory", new Quantity("256Mi")));
    assertThat(
            valid("image: shop:1\nresources: {requests: {memory: 1Gi}}")
                .workload()
                .resources()
                .getRequests())
        .containsOnly(entry("cpu", new Quantity("250m")), entry("memory", new Quantity("1Gi")));
  }

  @Test
  void aLimitAloneIsAlsoTheRequest() {
    assertThat(
            valid("image: shop:1\nresources: {limits: {cpu: 100m, memory: 64Mi}}")
                .workload()
                .resources()
                .getRequests())
        .isNullOrEmpty();
  }

  @Test
  void readsPauseAndDeletion() {
    HighlyAvailableApp resource = resource("image: shop:1");
    resource.getMetadata().getAnnotations().put("highlyavailable.io/paused", "true");
    resource.getMetadata().setDeletionTimestamp("2026-11-23T10:00:00Z");
    App app = valid(resource);
    assertThat(app.paused()).isTrue();
    assertThat(app.deleting()).isTrue();
  }

  @Test
  void isNotPausedByAnyOtherValue() {
    HighlyAvailableApp resource = resource("image: shop:1");
    resource.getMetadata().getAnnotations().put("highlyavailable.io/paused", "false");
    assertThat(valid(resource).paused()).isFalse();
  }

  @Test
  void knowsWhoItIs() {
    assertThat(valid("image: shop:1").identity())
        .isEqualTo(new AppIdentity("prod", "cluster-uid", "acme", "ns-uid", "shop", "app-uid"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          image: ""                                                              | spec.image
          {image: x, replicas: 2, scaling: {}}                                   | spec.replicas
          {image: x, scaling: {minReplicas: 5, maxReplicas: 4}}                  | spec.scaling.maxReplicas
          {image: x, scaling: {maxReplicas: 2}}                                  | spec.scaling.maxReplicas
          {image: x, env: [{name: 1A, value: x}]}                                | spec.env[0].name
          {image: x, env: [{name: A}, {name: A}]}                                | spec.env[1].name
          {image: x, env: [{name: A, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]} | spec.env[0]
          {image: x, env: [{name: STORAGE_BUCKET}], storage: {s3: {}}}           | spec.env[0].name
          {image: x, env: [{name: SERVICE_BINDING_ROOT}], storage: {s3: {}}}     | spec.env[0].name
          {image: x, env: [{name: P_DATABASE_HOST}], bindings: {prefix: P_}, database: {rds: {engine: mysql}}} | spec.env[0].name
          {image: x, bindings: {prefix: 1-}}                                     | spec.bindings.prefix
          {image: x, resources: {requests: {cpu: 2}, limits: {cpu: 1}}}          | spec.resources.requests.cpu
          {image: x, resources: {requests: {memory: lots}}}                      | spec.resources.requests.memory
          {image: x, resources: {limits: {cpu: -1}}}                             | spec.resources.limits.cpu
          {image: x, probes: {readiness: {periodSeconds: 1}}}                    | spec.probes.readiness
          {image: x, probes: {liveness: {httpGet: {port: web}}}}                 | spec.probes.liveness.httpGet.port
          {image: x, probes: {startup: {tcpSocket: {port: 1}, exec: {command: [x]}}}} | spec.probes.startup
          {image: x, ingress: {host: ""}}                                        | spec.ingress.host
          {image: x, network: {discover: {}, existing: {vpcId: vpc-1, privateSubnetIds: [a, b]}}} | spec.network
          {image: x, database: {}}                                               | spec.database
          {image: x, database: {rds: {}}}                                        | spec.database.rds.engine
          {image: x, database: {dynamoDb: {partitionKey: {name: id}}}}           | spec.database.dynamoDb.partitionKey
          {image: x, database: {rds: {engine: mysql}, dynamoDb: {partitionKey: {name: id, type: S}}}} | spec.database
          {image: x, aws: {tags: {"aws:x": y}}}                                  | spec.aws.tags.aws:x
          {image: x, podTemplate: {metadata: {labels: {app.kubernetes.io/name: y}}}} | spec.podTemplate.metadata.labels.app.kubernetes.io/name
          {image: x, podTemplate: {metadata: {annotations: {highlyavailable.io/x: y}}}} | spec.podTemplate.metadata.annotations.highlyavailable.io/x
          {image: x, podTemplate: {spec: {serviceAccountName: y}}}               | spec.podTemplate.spec.serviceAccountName
          {image: x, podTemplate: {spec: {terminationGracePeriodSeconds: 5}}}    | spec.podTemplate.spec.terminationGracePeriodSeconds
          {image: x, podTemplate: {spec: {restartPolicy: Never}}}                | spec.podTemplate.spec.restartPolicy
          {image: x, podTemplate: {spec: {imagePullSecrets: [{name: y}]}}}       | spec.podTemplate.spec.imagePullSecrets
          {image: x, podTemplate: {spec: {topologySpreadConstraints: [{maxSkew: 1}]}}} | spec.podTemplate.spec.topologySpreadConstraints
          {image: x, podTemplate: {spec: {volumes: [{name: binding-x}]}}}        | spec.podTemplate.spec.volumes
          {image: x, podTemplate: {spec: {containers: [{image: y}]}}}            | spec.podTemplate.spec.containers[0].name
          {image: x, podTemplate: {spec: {containers: [{name: a}, {name: a}]}}}  | spec.podTemplate.spec.containers[1].name
          {image: x, podTemplate: {spec: {initContainers: [{name: app}]}}}       | spec.podTemplate.spec.initContainers[0].name
          {image: x, podTemplate: {spec: {containers: [{name: app, image: y}]}}} | spec.podTemplate.spec.containers[0].image
          {image: x, podTemplate: {spec: {containers: [{name: app, env: [{name: A}]}]}}} | spec.podTemplate.spec.containers[0].env
          {image: x, podTemplate: {spec: {containers: [{name: app, readinessProbe: {exec: {command: [x]}}}]}}} | spec.podTemplate.spec.containers[0].readinessProbe
          {image: x, podTemplate: {spec: {containers: [{name: app, lifecycle: {preStop: {sleep: {seconds: 1}}}}]}}} | spec.podTemplate.spec.containers[0].lifecycle.preStop
          {image: x, podTemplate: {spec: {containers: [{name: proxy, ports: [{containerPort: 8080}]}]}}} | spec.podTemplate.spec.containers[0].ports
          {image: x, podTemplate: {spec: {containers: [{name: app, volumeMounts: [{name: v, mountPath: /bindings/x}]}]}}} | spec.podTemplate.spec.containers[0].volumeMounts
          """)
  void namesTheFieldThatCannotWork(String spec, String field) {
    assertThat(violations(spec)).extracting(Violation::field).containsExactly(field);
  }

  @Test
  void aNameThatNoServiceMayHaveIsRefused() {
    HighlyAvailableApp resource = resource("image: shop:1");
    resource.getMetadata().setName("1shop.example");
    assertThat(FACTORY.create(resource, "ns-uid"))
        .isInstanceOfSatisfying(
            AppOutcome.InvalidSpec.class,
            invalid -> assertThat(invalid.message()).startsWith("metadata.name: begin with"));
  }

  @Test
  void saysAllThatIsWrongInOneLine() {
    assertThat(FACTORY.create(resource("{replicas: 1, scaling: {}}"), "ns-uid"))
        .isInstanceOfSatisfying(
            AppOutcome.InvalidSpec.class,
            invalid ->
                assertThat(invalid.message())
                    .isEqualTo(
                        "spec.image: name a container image, such as ghcr.io/acme/shop:1.4.2;"
                            + " spec.replicas: give either scaling or replicas, not both"));
  }

  @Test
  void aVariableOfTheUsersMayHaveTheNameOfABindingThatIsNotInjected() {
    assertThat(
            valid(
                    "{image: x, env: [{name: STORAGE_BUCKET}], storage: {s3: {}}, bindings: {env:"
                        + " false}}")
                .workload()
                .env())
        .hasSize(1);
    assertThat(valid("{image: x, env: [{name: DATABASE_HOST}]}").workload().env()).hasSize(1);
  }

  @Test
  void whatIsBeingDeletedIsValidWhateverIsWrongWithIt() {
    HighlyAvailableApp resource = resource("{replicas: 1, scaling: {}}");
    resource.getMetadata().setDeletionTimestamp("2026-11-23T10:00:00Z");
    assertThat(FACTORY.create(resource, "ns-uid")).isInstanceOf(AppOutcome.Valid.class);
    resource.setSpec(null);
    assertThat(FACTORY.create(resource, "ns-uid")).isInstanceOf(AppOutcome.Valid.class);
  }

  private static App valid(String spec) {
    return valid(resource(spec));
  }

  private static App valid(HighlyAvailableApp resource) {
    return switch (FACTORY.create(resource, "ns-uid")) {
      case AppOutcome.Valid valid -> valid.app();
      case AppOutcome.InvalidSpec invalid -> throw new AssertionError(invalid.message());
    };
  }

  private static List<Violation> violations(String spec) {
    return switch (FACTORY.create(resource(spec), "ns-uid")) {
      case AppOutcome.Valid valid -> List.of();
      case AppOutcome.InvalidSpec invalid -> invalid.violations();
    };
  }

  private static HighlyAvailableApp resource(String spec) {
    String manifest =
        """
        metadata: {name: shop, namespace: acme, uid: app-uid, generation: 7, annotations: {a: b}}
        spec:
        """
            + spec.indent(2);
    return Serialization.unmarshal(manifest, HighlyAvailableApp.class);
  }
}
