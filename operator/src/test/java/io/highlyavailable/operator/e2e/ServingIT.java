package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.ZoneStatus;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.serving.Delays;
import io.highlyavailable.testbed.serving.Load;
import io.highlyavailable.testbed.serving.Serving;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/**
 * Real programs under load behind a real proxy, which lets go of pods as slowly as a load balancer
 * of AWS: what users notice of what happens to pods, counted in failed requests.
 */
@WithRig
class ServingIT {
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  /** As a namespace that is labelled for readiness gates makes of it, and of a lost node's. */
  private static final String MANIFEST =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1
        replicas: 6
        ingress: {host: shop.example.com, tls: {mode: Disabled}}
        availability: {drainSeconds: 8}
        podTemplate:
          spec:
            nodeSelector: {testbed.highlyavailable.io/serving: "true"}
            readinessGates: [{conditionType: target-health.elbv2.k8s.aws/shop}]
            tolerations:
            - {key: testbed.highlyavailable.io/serving, operator: Exists}
            - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 5}
      """;

  @Test
  void noRequestFailsInRolloutsScalingDrainsAndTheLossOfAZone(Rig rig, Stage stage) {
    assumeThat(rig.cluster().kind()).isEqualTo(Cluster.Kind.NATIVE);
    // One of all namespaces: only that may see nodes.
    stage.operator(rig.settings().with("HAAPP_REBALANCE_AFTER", "2s"));
    try (Serving serving = rig.serving(true)) {
      AppRig app = stage.apply(MANIFEST);
      serve(serving, app);

      try (Load load = serving.load()) {
        app.patch("spec: {image: \"ghcr.io/acme/shop:2\"}");
        eventually(app, () -> assertRolledOut(rig, app, "ghcr.io/acme/shop:2", 6));
        assertNoneFailed(load, "in a rollout");
        app.scale(3);
        eventually(app, () -> assertThat(pods(rig, app)).hasSize(3));
        assertNoneFailed(load, "when scaled in");
        app.scale(6);
        eventually(app, () -> assertRolledOut(rig, app, "ghcr.io/acme/shop:2", 6));
        drain(rig, app, serving.nodeOf("serving-a"));
        assertNoneFailed(load, "in a drain");
        assertThat(load.sent()).isGreaterThan(500);
      }
      unschedulable(rig, serving.nodeOf("serving-a"), false);
      eventually(app, () -> assertThat(zones(app)).containsExactly("a 2", "b 2", "c 2"));
      assertThat(app.events("Rebalanced")).as("the scheduler moves nothing back").isNotEmpty();

      try (Load load = serving.patientLoad()) {
        serving.lose("serving-b");
        eventually(app, () -> assertThat(zones(app)).containsExactly("a 3", "b 0", "c 3"));
        assertThat(app.condition("HighlyAvailable").status()).isEqualTo(ConditionStatus.FALSE);
        assertThat(app.condition("HighlyAvailable").message())
            .contains("no node is ready in zone serving-b");
        serving.recover("serving-b");
        eventually(app, () -> assertThat(zones(app)).containsExactly("a 2", "b 2", "c 2"));
        eventually(app, app::assertReady);
        assertThat(app.condition("HighlyAvailable").message()).doesNotContain("zone");
        assertNoneFailed(load, "when a zone is lost and comes back");
        assertThat(load.sent()).isGreaterThan(500);
      }
    }
  }

  @Test
  void requestsFailWhenPodsEndBeforeTheLoadBalancerLetsGoOfThem(Rig rig, Stage stage) {
    assumeThat(rig.cluster().kind()).isEqualTo(Cluster.Kind.NATIVE);
    stage.operator();
    try (Serving serving = rig.serving(false)) {
      AppRig app = stage.apply(MANIFEST);
      serve(serving, app);

      try (Load load = serving.load()) {
        await().atMost(PATIENCE).until(() -> load.sent() > 100);
        assertNoneFailed(load, "before anything happens");
        app.scale(3);
        eventually(app, () -> assertThat(pods(rig, app)).hasSize(3));
        await().atMost(PATIENCE).until(() -> !load.failures().isEmpty());
      }
    }
  }

  private static void serve(Serving serving, AppRig app) {
    app.eventually(() -> assertThat(app.find(Deployment.class)).isPresent());
    serving.balance(app.namespace(), app.name(), Delays.USUAL);
    eventually(app, app::assertReady);
  }

  private static void assertNoneFailed(Load load, String when) {
    assertThat(load.failures()).as("failed requests %s, of %d", when, load.sent()).isEmpty();
  }

  private static void assertRolledOut(Rig rig, AppRig app, String image, int pods) {
    app.assertReady();
    assertThat(pods(rig, app))
        .hasSize(pods)
        .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .allMatch(pod -> pod.getSpec().getContainers().getFirst().getImage().equals(image));
  }

  /** As kubectl drain does: cordon, then evict until the disruption budget lets all go. */
  private static void drain(Rig rig, AppRig app, String node) {
    unschedulable(rig, node, true);
    eventually(
        app,
        () -> {
          List<Pod> left =
              pods(rig, app).stream()
                  .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                  .toList();
          left.forEach(pod -> rig.client().pods().resource(pod).evict());
          assertThat(left).isEmpty();
        });
    eventually(app, () -> assertThat(pods(rig, app)).hasSize(6));
    eventually(app, app::assertReady);
  }

  private static void unschedulable(Rig rig, String node, boolean cordoned) {
    rig.client()
        .nodes()
        .withName(node)
        .edit(it -> new NodeBuilder(it).editSpec().withUnschedulable(cordoned).endSpec().build());
  }

  private static List<String> zones(AppRig app) {
    return app.status().zones().stream().map(ServingIT::line).toList();
  }

  private static String line(ZoneStatus zone) {
    return zone.name().replace("serving-", "") + " " + zone.readyReplicas();
  }

  private static List<Pod> pods(Rig rig, AppRig app) {
    return rig.client()
        .pods()
        .inNamespace(app.namespace())
        .withLabel("app.kubernetes.io/instance", app.name())
        .list()
        .getItems();
  }

  private static void eventually(AppRig app, ThrowingRunnable assertion) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsMatching(e -> e instanceof RuntimeException)
        .untilAsserted(assertion);
  }
}
