package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.model.App;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkloadStateTest {
  private static final App SCALED = GoldenCase.named("minimal").app();
  private static final App FIXED = GoldenCase.named("fixed-replicas").app();

  @Test
  void isReadyOnceTheMinimumIsAvailable() {
    WorkloadState state = state(SCALED, deployment(3, 3, 3, 3));
    assertThat(state.readiness()).isEqualTo(new Readiness.Ready());
    assertThat(state.text()).isEqualTo("3/3 ready");
    assertThat(state.replicas()).isEqualTo(3);
    assertThat(state.readyReplicas()).isEqualTo(3);
  }

  @Test
  void staysReadyWhileTheAutoscalerAddsPods() {
    assertThat(state(SCALED, deployment(6, 6, 6, 3)).readiness()).isEqualTo(new Readiness.Ready());
  }

  @Test
  void isNotReadyBelowTheMinimum() {
    assertThat(state(SCALED, deployment(3, 3, 3, 2)).readiness())
        .isEqualTo(new Readiness.Progressing("2/3 pods available"));
    assertThat(state(SCALED, deployment(1, 1, 1, 1)).readiness())
        .isInstanceOf(Readiness.Progressing.class);
  }

  @Test
  void isNotReadyWhileOldPodsAreReplaced() {
    assertThat(state(SCALED, deployment(3, 4, 1, 4)).readiness())
        .isEqualTo(new Readiness.Progressing("rolling out: 1/3 pods are new"));
  }

  @Test
  void isNeverReadyOnAStatusOlderThanTheSpec() {
    Deployment stale =
        deployment(3, 3, 3, 3).edit().editMetadata().withGeneration(3L).endMetadata().build();
    assertThat(state(SCALED, stale).readiness()).isInstanceOf(Readiness.Progressing.class);
  }

  @Test
  void isNotReadyBeforeItExistsOrHasAStatus() {
    assertThat(state(SCALED, null).readiness()).isInstanceOf(Readiness.Progressing.class);
    assertThat(state(SCALED, deployment(3, 0, 0, 0).edit().withStatus(null).build()).readiness())
        .isInstanceOf(Readiness.Progressing.class);
  }

  @Test
  void needsEveryFixedReplica() {
    assertThat(state(FIXED, deployment(4, 4, 4, 3)).readiness())
        .isInstanceOf(Readiness.Progressing.class);
    assertThat(state(FIXED, deployment(4, 4, 4, 4)).readiness()).isEqualTo(new Readiness.Ready());
  }

  @Test
  void saysThatZeroReplicasSwitchTheAutoscalerOff() {
    assertThat(state(SCALED, deployment(0, 0, 0, 0)).readiness())
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            failed -> assertThat(failed.nextStep()).contains("kubectl scale", "--replicas=3"));
  }

  @Test
  void saysWhyPodsCannotBeCreatedWithoutTheirNames() {
    Deployment quota =
        condition(
            "ReplicaFailure",
            "True",
            "FailedCreate",
            "pods \"shop-7d9f-x2v4z\" is forbidden: exceeded quota: small, requested: cpu=250m");
    assertThat(state(SCALED, quota).readiness())
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            failed ->
                assertThat(failed.reason())
                    .isEqualTo(
                        "pods cannot be created: pods is forbidden: exceeded quota: small,"
                            + " requested: cpu=250m"));
  }

  @Test
  void saysThatARolloutIsStuck() {
    Deployment stuck =
        condition("Progressing", "False", "ProgressDeadlineExceeded", "ReplicaSet has timed out");
    assertThat(state(SCALED, stuck).readiness())
        .isInstanceOfSatisfying(
            Readiness.Failed.class,
            failed -> {
              assertThat(failed.reason()).contains("ProgressDeadlineExceeded");
              assertThat(failed.nextStep()).startsWith("kubectl describe pods -n acme -l app.kub");
            });
  }

  @Test
  void warnsWhenTheAutoscalerSeesNoMetrics() {
    HorizontalPodAutoscaler blind =
        new HorizontalPodAutoscalerBuilder()
            .withNewStatus()
            .addNewCondition()
            .withType("ScalingActive")
            .withStatus("False")
            .withReason("FailedGetResourceMetric")
            .endCondition()
            .endStatus()
            .build();
    WorkloadState state = WorkloadState.of(SCALED, deployment(3, 3, 3, 3), blind);
    assertThat(state.readiness()).isEqualTo(new Readiness.Ready());
    assertThat(state.warning()).contains("FailedGetResourceMetric", "metrics-server");
  }

  private static WorkloadState state(App app, @Nullable Deployment deployment) {
    return WorkloadState.of(app, deployment, null);
  }

  private static Deployment condition(String type, String status, String reason, String message) {
    return deployment(3, 2, 2, 2)
        .edit()
        .editStatus()
        .addNewCondition()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .endCondition()
        .endStatus()
        .build();
  }

  private static Deployment deployment(int desired, int existing, int updated, int available) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withGeneration(2L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(desired)
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(2L)
        .withReplicas(existing)
        .withUpdatedReplicas(updated)
        .withReadyReplicas(available)
        .withAvailableReplicas(available)
        .endStatus()
        .build();
  }
}
