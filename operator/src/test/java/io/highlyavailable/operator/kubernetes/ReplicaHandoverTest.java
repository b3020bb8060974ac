package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.highlyavailable.operator.model.App;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaHandoverTest {
  private static final App SCALED = GoldenCase.named("minimal").app();

  @Test
  void handsOverWhatWeSet() {
    assertThat(handedOver(SCALED, deployment(7, AppMetadata.MANAGER))).contains(7);
  }

  @Test
  void leavesWhatWeSetUntilTheDeploymentIsAppliedAgain() {
    assertThat(ReplicaHandover.of(SCALED, deployment(7, AppMetadata.MANAGER), false)).isEmpty();
  }

  @Test
  void startsANewAppWithTheMinimum() {
    Deployment desired = deployment(1, AppMetadata.MANAGER);
    assertThat(ReplicaHandover.first(SCALED, desired).getSpec().getReplicas()).isEqualTo(3);
  }

  @Test
  void startsAnAppWithoutAutoscalerAsItIsDesired() {
    Deployment desired = deployment(4, AppMetadata.MANAGER);
    App fixed = GoldenCase.named("fixed-replicas").app();
    assertThat(ReplicaHandover.first(fixed, desired)).isSameAs(desired);
  }

  @Test
  void raisesToTheMinimumAtOnce() {
    assertThat(handedOver(SCALED, deployment(1, "kube-controller-manager"))).contains(3);
  }

  @Test
  void leavesTheAutoscalerAlone() {
    assertThat(handedOver(SCALED, deployment(7, "kube-controller-manager"))).isEmpty();
    assertThat(handedOver(SCALED, deployment(3, ReplicaHandover.FIELD_MANAGER))).isEmpty();
  }

  @Test
  void leavesAnAppThatWasScaledToZeroAtZero() {
    assertThat(handedOver(SCALED, deployment(0, "kubectl"))).isEmpty();
    assertThat(handedOver(SCALED, deployment(0, AppMetadata.MANAGER))).contains(0);
  }

  @Test
  void doesNothingWithoutAutoscalerOrDeployment() {
    App fixed = GoldenCase.named("fixed-replicas").app();
    assertThat(handedOver(fixed, deployment(1, AppMetadata.MANAGER))).isEmpty();
    assertThat(ReplicaHandover.of(SCALED, null, true)).isEmpty();
  }

  private static Optional<Integer> handedOver(App app, Deployment deployment) {
    return ReplicaHandover.of(app, deployment, true)
        .map(handover -> handover.getSpec().getReplicas());
  }

  private static Deployment deployment(int replicas, String manager) {
    FieldsV1 fields = new FieldsV1();
    fields.setAdditionalProperty("f:spec", Map.of("f:replicas", Map.of()));
    return new DeploymentBuilder()
        .withNewMetadata()
        .withManagedFields(
            new ManagedFieldsEntryBuilder().withManager(manager).withFieldsV1(fields).build())
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .endSpec()
        .build();
  }
}
