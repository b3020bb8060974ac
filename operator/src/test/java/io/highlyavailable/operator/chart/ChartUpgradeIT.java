package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the real Helm, on a cluster of its own: from an earlier chart to this one, and back. */
class ChartUpgradeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String VALUES = "clusterId=local,aws.region=us-east-1";
  private static final String CRD = "highlyavailableapps.highlyavailable.io";

  /** Says nothing of the fields that the earlier version did not have. */
  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: %s, namespace: shop}
      spec:
        image: registry.example.com/shop:1
        replicas: 3
        deletionProtection: false
        deletionPolicy: Delete
        availability: {zones: 3}
        database: {rds: {engine: postgres}}
        storage: {s3: {}}
      """;

  private static Testbed testbed;
  private static KubernetesClient client;
  private static Helm helm;

  @BeforeAll
  static void startCluster(@TempDir Path home) {
    assumeThat(ClusterChoice.configured())
        .as("a cluster that is somebody else's may have the CRD already")
        .isNotInstanceOf(ClusterChoice.Existing.class);
    testbed = new Testbed();
    client = testbed.cluster().client();
    String kubeconfig = testbed.cluster().kubeconfig().toString();
    helm = new Helm(testbed.toolchain(), home, Map.of("KUBECONFIG", kubeconfig));
    for (String name : List.of(Helm.NAMESPACE, "shop")) {
      client
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                  .endMetadata()
                  .build())
          .create();
    }
  }

  @AfterAll
  static void stopCluster() {
    if (testbed != null) {
      testbed.close();
    }
  }

  @AfterEach
  void uninstall() {
    helm.uninstall(Helm.RELEASE, Helm.NAMESPACE);
    client
        .resources(HighlyAvailableApp.class)
        .inAnyNamespace()
        .list()
        .getItems()
        .forEach(
            app -> {
              app.getMetadata().setFinalizers(List.of());
              client.resource(app).update();
              client.resource(app).delete();
            });
    client.apiextensions().v1().customResourceDefinitions().withName(CRD).delete();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                client.apiextensions().v1().customResourceDefinitions().withName(CRD).get()
                    == null);
  }

  @Test
  void upgradesFromTheFirstChartInPlaceAndBack() {
    install(PreviousChart.first());
    await().atMost(PATIENCE).untilAsserted(() -> create("first"));
    Deployment operator = deployment(Helm.NAMESPACE, "highlyavailableapp");
    assertThat(fields()).doesNotContain("disasterRecovery");

    install(Helm.chart());
    assertThat(fields()).contains("disasterRecovery", "rollout", "nodeGroup");
    assertThat(uid(deployment(Helm.NAMESPACE, "highlyavailableapp"))).isEqualTo(uid(operator));
    // What the older version stored is valid for the new one.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> patch("first", "{\"spec\": {\"rollout\": {\"rollbackOnAlarm\": false}}}"));

    helm.rollback(Helm.RELEASE, Helm.NAMESPACE).succeeded();
    assertThat(fields()).doesNotContain("disasterRecovery");
    assertThat(uid(deployment(Helm.NAMESPACE, "highlyavailableapp"))).isEqualTo(uid(operator));
    assertThat(app("first").getSpec().image()).isEqualTo("registry.example.com/shop:1");
    install(Helm.chart());
  }

  /** Today's operator stands in for the earlier one, of which no jar was ever released. */
  @Test
  void leavesAppsAsTheyAreThroughUpgradeAndRollback(@TempDir Path directory) {
    install(PreviousChart.withoutNewFields(directory));
    try (OperatorProcess operator = startOperator()) {
      await().atMost(PATIENCE).untilAsserted(() -> create("running"));
      awaitReady();
      assertThat(fields()).doesNotContain("rollout", "nodeGroup");
      State before = State.of("running");

      install(Helm.chart());
      assertThat(fields()).contains("rollout", "nodeGroup");
      awaitNothingNew(operator, before);

      // The new field works at once for an app of before.
      assertThat(hasNetworkPolicy()).isTrue();
      patch("running", "{\"spec\": {\"networkPolicy\": {\"enabled\": false}}}");
      await().atMost(PATIENCE).until(() -> !hasNetworkPolicy());

      helm.rollback(Helm.RELEASE, Helm.NAMESPACE).succeeded();
      assertThat(fields()).doesNotContain("rollout", "nodeGroup");
      awaitNothingNew(operator, before);
    }
  }

  /** What must not change: the workload's generation and pods, and the cloud's resources. */
  private record State(
      String workload, long generation, Set<String> pods, String database, long calls) {
    static State of(String app) {
      Deployment deployment = ChartUpgradeIT.deployment("shop", app);
      return new State(
          uid(deployment),
          deployment.getMetadata().getGeneration(),
          client
              .pods()
              .inNamespace("shop")
              .withLabel("app.kubernetes.io/instance", app)
              .list()
              .getItems()
              .stream()
              .map(ChartUpgradeIT::uid)
              .collect(Collectors.toSet()),
          ChartUpgradeIT.app(app).getStatus().components().toString(),
          testbed.aws().calls().mark());
    }

    State since(long mark) {
      return new State(workload, generation, pods, database, mark);
    }
  }

  private static boolean hasNetworkPolicy() {
    return client.network().networkPolicies().inNamespace("shop").withName("running").get() != null;
  }

  private static OperatorProcess startOperator() {
    OperatorSettings settings =
        OperatorSettings.local(testbed.aws().endpoint())
            .inNetwork(
                testbed.network().vpcId(), List.of(testbed.network().clusterSecurityGroupId()))
            .with("HAAPP_POLL_FAST", "500ms")
            .with("HAAPP_POLL_SLOW", "1500ms")
            .with("HAAPP_AUDIT_INTERVAL", "500ms")
            .with("HAAPP_SETTLE_WINDOW", "4s");
    OperatorProcess operator =
        OperatorProcess.startInstalled(
            testbed.cluster(), settings, testbed.logs().resolve("upgrade"));
    operator.awaitReady(PATIENCE);
    return operator;
  }

  /**
   * The leader changes with the pods, as it does when Helm replaces them; then all is looked at.
   */
  private static void awaitNothingNew(OperatorProcess operator, State before) {
    operator.restart();
    long mark = testbed.aws().calls().mark();
    await()
        .atMost(PATIENCE)
        .until(() -> testbed.aws().calls().count(mark, "rds", "DescribeDBInstances") > 3);
    awaitReady();
    assertThat(State.of("running").since(before.calls())).isEqualTo(before);
    assertThat(testbed.aws().calls().by("operator").mutations(before.calls())).isEmpty();
  }

  private static void awaitReady() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(app("running").getStatus()).isNotNull();
              assertThat(app("running").getStatus().phase())
                  .as("%s", app("running").getStatus())
                  .isEqualTo(Phase.READY);
            });
  }

  private static void install(Path chart) {
    helm.upgradeTo(chart, Helm.RELEASE, Helm.NAMESPACE, "--set", VALUES).succeeded();
  }

  /** The top-level fields of the spec that the installed CRD has. */
  private static Set<String> fields() {
    return client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(CRD)
        .get()
        .getSpec()
        .getVersions()
        .getFirst()
        .getSchema()
        .getOpenAPIV3Schema()
        .getProperties()
        .get("spec")
        .getProperties()
        .keySet();
  }

  private static void create(String name) {
    client
        .resource(Serialization.unmarshal(APP.formatted(name), GenericKubernetesResource.class))
        .serverSideApply();
  }

  private static void patch(String name, String change) {
    var app = client.resources(HighlyAvailableApp.class).inNamespace("shop").withName(name);
    app.patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }

  private static HighlyAvailableApp app(String name) {
    return client.resources(HighlyAvailableApp.class).inNamespace("shop").withName(name).get();
  }

  private static Deployment deployment(String namespace, String name) {
    return client.apps().deployments().inNamespace(namespace).withName(name).get();
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }
}
