package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;

/** The stateless tier. New replicas are ready before old ones go. */
final class DeploymentObject {
  /** Long enough for a slow image pull; a rollout that takes longer is reported as stuck. */
  private static final int PROGRESS_DEADLINE_SECONDS = 600;

  /** Enough to roll back; Kubernetes' default of 10 only adds objects. */
  private static final int REVISIONS = 5;

  private DeploymentObject() {}

  static Deployment of(App app, WorkloadInputs inputs) {
    DeploymentBuilder deployment =
        new DeploymentBuilder()
            .withMetadata(AppMetadata.of(app))
            .withNewSpec()
            .withProgressDeadlineSeconds(PROGRESS_DEADLINE_SECONDS)
            .withRevisionHistoryLimit(REVISIONS)
            .withNewSelector()
            .withMatchLabels(AppMetadata.selector(app))
            .endSelector()
            .withNewStrategy()
            .withType("RollingUpdate")
            .withNewRollingUpdate()
            .withMaxUnavailable(new IntOrString(0))
            .withMaxSurge(new IntOrString("25%"))
            .endRollingUpdate()
            .endStrategy()
            .withTemplate(PodObject.of(app, inputs))
            .endSpec();
    // Never under an autoscaler: every apply would undo its work.
    if (app.workload().scale() instanceof Scale.Fixed fixed) {
      deployment.editSpec().withReplicas(fixed.replicas()).endSpec();
    }
    app.workload()
        .beforeRollout()
        .ifPresent(
            migration ->
                deployment
                    .editMetadata()
                    .addToAnnotations(
                        MigrationRules.MIGRATED, MigrationRules.record(app, migration, inputs))
                    .endMetadata());
    return deployment.build();
  }
}
