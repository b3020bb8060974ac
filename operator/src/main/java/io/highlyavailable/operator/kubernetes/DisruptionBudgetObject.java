package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.highlyavailable.operator.model.App;

/**
 * How many pods a node drain may take at once. It says how many may be missing, never how many must
 * be there: with {@code minAvailable} one replica too few blocks every drain. Pods that are not
 * ready may always go, else a crash-looping app blocks them.
 */
final class DisruptionBudgetObject {
  private DisruptionBudgetObject() {}

  static PodDisruptionBudget of(App app) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(AppMetadata.of(app))
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(app.workload().availability().maxUnavailable()))
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .withNewSelector()
        .withMatchLabels(AppMetadata.selector(app))
        .endSelector()
        .endSpec()
        .build();
  }
}
