package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.highlyavailable.api.v1alpha1.BindingStatus;
import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.Ownership;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.testbed.aws.AwsEmulator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Subnet;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** What one manifest becomes. */
@WithRig
class QuickstartIT {
  private static final List<Class<? extends HasMetadata>> OBJECTS =
      List.of(
          Deployment.class,
          HorizontalPodAutoscaler.class,
          Service.class,
          Ingress.class,
          PodDisruptionBudget.class,
          NetworkPolicy.class,
          ServiceAccount.class);

  @Test
  void quickstartBecomesReadyAndSaysHowItIs(Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    HighlyAvailableAppStatus status = app.status();
    assertThat(status.url()).isEqualTo("https://shop.example.com");
    assertThat(status.loadBalancer().hostname()).isNotBlank();
    assertThat(status.aws().accountId()).isEqualTo(AwsEmulator.ACCOUNT);
    assertThat(status.aws().region()).isEqualTo("us-east-1");
    assertThat(status.replicas()).isEqualTo(3);
    assertThat(status.selector()).contains("app.kubernetes.io/instance=shop");
    assertThat(status.bindings())
        .extracting(BindingStatus::name)
        .containsExactlyInAnyOrder("shop-database", "shop-storage");
    assertThat(status.components()).allMatch(ComponentStatus::ready);
    assertThat(status.components())
        .extracting(ComponentStatus::name)
        .containsExactlyInAnyOrder(
            "network",
            "database-security-group",
            "database-subnet-group",
            "database-snapshots",
            "database-default-version",
            "database-parameter-group",
            "database",
            "database-users",
            "storage",
            "role",
            "load-balancer",
            "monitoring",
            "dashboard",
            "workload",
            "ingress");
    assertThat(app.component("database").id()).startsWith("arn:aws:rds:us-east-1:");
    assertThat(app.component("database").state()).isEqualTo("available");
    assertThat(app.component("network").ownership()).isEqualTo(Ownership.REFERENCED);
    for (String fact :
        List.of(
            "Ready",
            "DatabaseReady",
            "StorageReady",
            "WorkloadReady",
            "IngressReady",
            "MonitoringReady",
            "HighlyAvailable",
            "InSync")) {
      assertThat(app.condition(fact).status()).as(fact).isEqualTo(ConditionStatus.TRUE);
    }
    assertThat(app.condition("Stalled").status()).isEqualTo(ConditionStatus.FALSE);
    app.eventually(() -> assertThat(app.events("Ready")).hasSize(1));
  }

  @Test
  void kubectlShowsHowTheAppIs(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    String[] lines = rig.kubectl("get", "haa", "-n", app.namespace()).split("\n");

    assertThat(lines).hasSize(2);
    assertThat(lines[0].split("\\s+"))
        .containsExactly("NAME", "READY", "PHASE", "REPLICAS", "DATABASE", "URL", "AGE");
    assertThat(lines[1].split("\\s+"))
        .startsWith("shop", "True", "Ready", "3", "available", "https://shop.example.com");
    assertThat(rig.kubectl("get", "haa", "-o", "wide", "-n", app.namespace())).contains("MESSAGE");
  }

  @Test
  void quickstartsDatabaseIsSafe(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    DBInstance database = app.aws().database().orElseThrow();
    assertThat(database.multiAZ()).isTrue();
    assertThat(database.storageEncrypted()).isTrue();
    assertThat(database.publiclyAccessible()).isFalse();
    assertThat(database.deletionProtection()).isTrue();
    assertThat(database.backupRetentionPeriod()).isGreaterThanOrEqualTo(7);
    assertThat(database.copyTagsToSnapshot()).isTrue();
    assertThat(database.dbSubnetGroup().subnets())
        .extracting(Subnet::subnetIdentifier)
        .containsExactlyInAnyOrderElementsOf(rig.network().privateSubnetIds());
    assertThat(AppInAws.tags(database)).containsAllEntriesOf(tags(app, "database"));

    List<SecurityGroup> groups = app.aws().securityGroups();
    assertThat(groups).hasSize(1);
    assertThat(database.vpcSecurityGroups())
        .singleElement()
        .satisfies(
            group -> assertThat(group.vpcSecurityGroupId()).isEqualTo(groups.getFirst().groupId()));
    assertThat(groups.getFirst().ipPermissions())
        .singleElement()
        .satisfies(rule -> assertAdmits(rule, 5432, rig.network().clusterSecurityGroupId()));
  }

  private static void assertAdmits(IpPermission rule, int port, String group) {
    assertThat(rule.fromPort()).isEqualTo(port);
    assertThat(rule.toPort()).isEqualTo(port);
    assertThat(rule.ipProtocol()).isEqualTo("tcp");
    assertThat(rule.ipRanges()).isEmpty();
    assertThat(rule.ipv6Ranges()).isEmpty();
    assertThat(rule.userIdGroupPairs())
        .singleElement()
        .satisfies(pair -> assertThat(pair.groupId()).isEqualTo(group));
  }

  private static Map<String, String> tags(AppRig app, String component) {
    return Map.of(
        OwnershipTags.CLUSTER_ID, Rig.CLUSTER_ID,
        OwnershipTags.NAMESPACE, app.namespace(),
        OwnershipTags.NAME, app.name(),
        OwnershipTags.UID, app.get().getMetadata().getUid(),
        OwnershipTags.COMPONENT, component);
  }

  @Test
  void quickstartsBucketIsSafeAndOnlyItsOwnRoleReachesIt(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    String bucket = app.aws().bucket();
    var s3 = rig.aws().s3();

    assertThat(s3.getBucketVersioning(r -> r.bucket(bucket)).status())
        .isEqualTo(BucketVersioningStatus.ENABLED);
    var block = s3.getPublicAccessBlock(r -> r.bucket(bucket)).publicAccessBlockConfiguration();
    assertThat(block.blockPublicAcls()).isTrue();
    assertThat(block.blockPublicPolicy()).isTrue();
    assertThat(block.ignorePublicAcls()).isTrue();
    assertThat(block.restrictPublicBuckets()).isTrue();
    assertThat(s3.getBucketPolicy(r -> r.bucket(bucket)).policy())
        .contains("aws:SecureTransport")
        .contains("Deny");
    assertThat(s3.getBucketEncryption(r -> r.bucket(bucket)).serverSideEncryptionConfiguration())
        .isNotNull();
    assertThat(s3.getBucketLifecycleConfiguration(r -> r.bucket(bucket)).rules()).isNotEmpty();
    assertThat(app.aws().bucketTags()).containsAllEntriesOf(tags(app, "storage"));

    String policy = app.aws().rolePolicies();
    assertThat(policy).contains("arn:aws:s3:::" + bucket).doesNotContain("\"s3:*\"");
    assertThat(policy.replace("arn:aws:s3:::" + bucket, "")).doesNotContain("arn:aws:s3:::");
    assertThat(app.the(ServiceAccount.class).getMetadata().getAnnotations())
        .containsEntry("eks.amazonaws.com/role-arn", app.aws().role().orElseThrow().arn());
  }

  @Test
  void quickstartIsWatchedByAlarmsAndHasADashboard(Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    Map<String, MetricAlarm> alarms = app.aws().alarms();
    assertThat(alarms)
        .containsOnlyKeys(
            "unhealthy-targets",
            "no-healthy-targets",
            "target-5xx",
            "load-balancer-5xx",
            "latency",
            "database-cpu",
            "database-memory",
            "database-storage",
            "database-connections");
    assertThat(alarms.get("database-cpu").dimensions())
        .singleElement()
        .satisfies(d -> assertThat(d.value()).isEqualTo(app.aws().resource()));
    for (MetricAlarm alarm : alarms.values()) {
      assertThat(app.aws().tags(alarm)).containsAllEntriesOf(tags(app, "monitoring"));
    }
    assertThat(app.aws().tags(app.aws().dashboard().orElseThrow()))
        .containsAllEntriesOf(tags(app, "dashboard"));
  }

  @Test
  void quickstartsPodsAreSpreadOverZonesAndBoundToTheirData(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    for (Class<? extends HasMetadata> type : OBJECTS) {
      assertThat(app.find(type)).as(type.getSimpleName()).isPresent();
    }
    assertThat(zonesOf(rig, app)).hasSize(3);

    Map<String, String> database = app.secret("database");
    String host = app.aws().database().orElseThrow().endpoint().address();
    assertThat(database)
        .containsOnlyKeys(
            "type",
            "host",
            "port",
            "database",
            "username",
            "password",
            "uri",
            "reader-host",
            "reader-uri")
        .containsEntry("reader-host", host)
        .containsEntry("type", "postgresql")
        .containsEntry("host", host)
        .containsEntry("port", "5432")
        .containsEntry("database", "app_shop");
    assertThat(database.get("password")).hasSizeGreaterThanOrEqualTo(32);
    assertThat(database.get("uri")).startsWith("postgresql://").contains(host);
    assertThat(app.secret("storage"))
        .containsEntry("type", "s3")
        .containsEntry("bucket", app.aws().bucket())
        .containsEntry("region", "us-east-1");
    assertThat(environment(app))
        .containsEntry("DATABASE_HOST", "shop-database/host")
        .containsEntry("DATABASE_PASSWORD", "shop-database/password")
        .containsEntry("STORAGE_BUCKET", "shop-storage/bucket")
        .containsEntry("STORAGE_REGION", "shop-storage/region");
  }

  private static Map<String, Long> zonesOf(Rig rig, AppRig app) {
    Map<String, String> zoneOfNode =
        rig.client().nodes().list().getItems().stream()
            .collect(
                Collectors.toMap(
                    node -> node.getMetadata().getName(),
                    node -> node.getMetadata().getLabels().get("topology.kubernetes.io/zone")));
    return rig.client().pods().inNamespace(app.namespace()).list().getItems().stream()
        .map(Pod::getSpec)
        .map(spec -> zoneOfNode.get(spec.getNodeName()))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /** Variable to Secret and key. */
  private static Map<String, String> environment(AppRig app) {
    Container container =
        app.the(Deployment.class).getSpec().getTemplate().getSpec().getContainers().getFirst();
    return container.getEnv().stream()
        .filter(variable -> variable.getValueFrom() != null)
        .collect(
            Collectors.toMap(
                EnvVar::getName,
                variable ->
                    variable.getValueFrom().getSecretKeyRef().getName()
                        + "/"
                        + variable.getValueFrom().getSecretKeyRef().getKey()));
  }

  @Test
  void fullExampleBecomesReady(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.example("full").awaitReady();

    DBInstance database = app.aws().database().orElseThrow();
    assertThat(database.dbInstanceClass()).isEqualTo("db.m7g.large");
    assertThat(database.allocatedStorage()).isEqualTo(100);
    assertThat(database.maxAllocatedStorage()).isEqualTo(500);
    assertThat(database.backupRetentionPeriod()).isEqualTo(30);
    assertThat(database.preferredBackupWindow()).isEqualTo("01:00-02:00");
    assertThat(AppInAws.tags(database)).containsEntry("team", "shop");
    assertThat(environment(app))
        .containsEntry("WEBSHOP_DATABASE_HOST", "webshop-database/host")
        .containsEntry("WEBSHOP_STORAGE_BUCKET", "webshop-storage/bucket");
    assertThat(app.the(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas()).isEqualTo(20);
    assertThat(zonesOf(rig, app)).hasSize(3);
  }
}
