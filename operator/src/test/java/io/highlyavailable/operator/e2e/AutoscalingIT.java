package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.highlyavailable.api.v1alpha1.ZoneStatus;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import io.highlyavailable.testbed.cluster.MetricsServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The autoscaler at work: the real metrics-server and the real autoscaler over simulated use, on
 * the operator's own objects.
 */
@WithRig
class AutoscalingIT {
  /** Metrics come every 10 s, the autoscaler looks every 15 s, and goes out in steps. */
  private static final Duration OUT = Duration.ofSeconds(150);

  /** It takes a quarter away every minute. */
  private static final Duration IN = Duration.ofSeconds(150);

  private static final String MANIFEST =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: %s}
      spec:
        image: ghcr.io/acme/shop:1.4.2
        resources: {requests: {cpu: 200m, memory: 200Mi}}
        scaling:
          minReplicas: 3
          maxReplicas: 12
          cpuUtilizationPercentage: 50
          memoryUtilizationPercentage: 50
          scaleDownStabilizationSeconds: 0
      """;

  @Test
  void cpuAndMemoryTakeTheDeploymentOutAndInOverTheZones(Rig rig, Stage stage) {
    Optional<MetricsServer> metrics = rig.startMetricsServer();
    assumeThat(metrics).as("a cluster whose metrics are ours to make").isPresent();
    stage.operator();
    AppRig cpu = stage.apply(MANIFEST.formatted("busy")).awaitReady();
    AppRig memory = stage.apply(MANIFEST.formatted("full")).awaitReady();
    try (MetricsServer _ = metrics.orElseThrow()) {
      await().atMost(OUT).untilAsserted(() -> assertThat(scalingActive(cpu)).isEqualTo("True"));
      cpu.awaitReady();
      await()
          .atMost(OUT)
          .untilAsserted(
              () -> assertThat(cpu.message("workload")).as("no word of missing metrics").isEmpty());
      ApiServerAudit.Mark mark = rig.audit().mark();

      // 3 pods that use three times what is wanted of each make 9.
      use(rig, cpu, MetricsServer.CPU, "300m");
      use(rig, memory, MetricsServer.MEMORY, "300Mi");
      await().atMost(OUT).untilAsserted(() -> assertScaled(rig, cpu, 9));
      await().atMost(OUT).untilAsserted(() -> assertScaled(rig, memory, 9));
      for (AppRig app : List.of(cpu, memory)) {
        assertThat(readyByZone(rig, app).values()).as("by zone").containsExactly(3L, 3L, 3L);
        app.eventually(
            () ->
                assertThat(app.status().zones())
                    .extracting(ZoneStatus::readyReplicas)
                    .containsExactly(3, 3, 3));
      }
      cpu.assertReady();

      use(rig, cpu, MetricsServer.CPU, "1m");
      use(rig, memory, MetricsServer.MEMORY, "1Mi");
      await().atMost(IN).untilAsserted(() -> assertThat(replicas(cpu)).isLessThanOrEqualTo(6));
      await().atMost(IN).untilAsserted(() -> assertThat(replicas(memory)).isLessThanOrEqualTo(6));
      cpu.eventually(() -> assertThat(cpu.status().replicas()).isEqualTo(replicas(cpu)));

      assertThat(rig.audit().since(mark, rig.operatorUser()))
          .as("the operator's writes but to statuses and Events")
          .filteredOn(write -> write.namespace().equals(cpu.namespace()))
          .noneMatch(write -> write.resource().startsWith("deployments"))
          .noneMatch(write -> write.resource().startsWith("horizontalpodautoscalers"));
    }
  }

  private static String scalingActive(AppRig app) {
    return app.the(HorizontalPodAutoscaler.class).getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("ScalingActive"))
        .map(condition -> condition.getStatus())
        .findFirst()
        .orElse("Unknown");
  }

  /** As many as the autoscaler wants, all of them ready, and said in the app's status. */
  private static void assertScaled(Rig rig, AppRig app, int replicas) {
    assertThat(app.the(HorizontalPodAutoscaler.class).getStatus().getDesiredReplicas())
        .isEqualTo(replicas);
    assertThat(replicas(app)).isEqualTo(replicas);
    assertThat(app.status().replicas()).isEqualTo(replicas);
    assertThat(readyByZone(rig, app).values().stream().mapToLong(n -> n).sum()).isEqualTo(replicas);
  }

  private static int replicas(AppRig app) {
    return app.the(Deployment.class).getSpec().getReplicas();
  }

  /** Says of all pods of now that each uses so much; later ones use next to nothing. */
  private static void use(Rig rig, AppRig app, String annotation, String quantity) {
    for (Pod pod : pods(rig, app)) {
      rig.client()
          .pods()
          .resource(pod)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}"
                  .formatted(annotation, quantity));
    }
  }

  private static Map<String, Long> readyByZone(Rig rig, AppRig app) {
    Map<String, String> zones =
        rig.client().nodes().list().getItems().stream()
            .collect(
                Collectors.toMap(
                    node -> node.getMetadata().getName(),
                    node -> node.getMetadata().getLabels().get("topology.kubernetes.io/zone")));
    return pods(rig, app).stream()
        .filter(AutoscalingIT::ready)
        .collect(
            Collectors.groupingBy(
                pod -> zones.get(pod.getSpec().getNodeName()), Collectors.counting()));
  }

  private static boolean ready(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static List<Pod> pods(Rig rig, AppRig app) {
    return rig.client()
        .pods()
        .inNamespace(app.namespace())
        .withLabel("app.kubernetes.io/instance", app.name())
        .list()
        .getItems();
  }
}
