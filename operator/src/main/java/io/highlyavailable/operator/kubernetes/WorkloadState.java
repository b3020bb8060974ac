package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the stateless tier does, as its Deployment says.
 *
 * @param readiness whether it serves as asked
 * @param text for people, such as {@code 3/3 ready}
 * @param replicas pods that exist
 * @param readyReplicas pods that may receive traffic
 * @param warning what is wrong without harming what runs, in one stable line, or null
 */
public record WorkloadState(
    Readiness readiness, String text, int replicas, int readyReplicas, @Nullable String warning) {

  /**
   * Reads the state.
   *
   * @param deployment as observed, or null when there is none
   * @param autoscaler as observed, or null when there is none
   */
  public static WorkloadState of(
      App app, @Nullable Deployment deployment, @Nullable HorizontalPodAutoscaler autoscaler) {
    if (deployment == null) {
      return new WorkloadState(
          new Readiness.Progressing("the Deployment is not created yet"), "absent", 0, 0, null);
    }
    Counts counts = Counts.of(deployment);
    return new WorkloadState(
        readiness(app, deployment, counts),
        counts.ready + "/" + counts.desired + " ready",
        counts.existing,
        counts.ready,
        warning(autoscaler).orElse(null));
  }

  private static Readiness readiness(App app, Deployment deployment, Counts counts) {
    if (counts.stale) {
      return new Readiness.Progressing("the last change of the Deployment is not acted on yet");
    }
    Optional<Readiness> failure =
        conditions(deployment).stream().flatMap(c -> failure(app, c).stream()).findFirst();
    if (failure.isPresent()) {
      return failure.get();
    }
    if (counts.existing != counts.updated) {
      return new Readiness.Progressing(
          "rolling out: %d/%d pods are new".formatted(counts.updated, counts.desired));
    }
    return switch (app.workload().scale()) {
      case Scale.Fixed fixed -> enough(counts, fixed.replicas());
      case Scale.Automatic automatic when counts.desired == 0 -> switchedOff(app, automatic);
      case Scale.Automatic automatic -> enough(counts, automatic.minReplicas());
    };
  }

  /** An autoscaler adding pods does not make the app less ready than it was. */
  private static Readiness enough(Counts counts, int needed) {
    return counts.available >= needed && counts.desired >= needed
        ? new Readiness.Ready()
        : new Readiness.Progressing("%d/%d pods available".formatted(counts.available, needed));
  }

  private static Readiness switchedOff(App app, Scale.Automatic scale) {
    return new Readiness.Failed(
        "the Deployment was scaled to 0 by hand, which switches its autoscaler off",
        "kubectl scale deployment %s -n %s --replicas=%d"
            .formatted(app.identity().name(), app.identity().namespace(), scale.minReplicas()));
  }

  private static Optional<Readiness> failure(App app, DeploymentCondition condition) {
    if ("ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus())) {
      return Optional.of(
          new Readiness.Failed(
              "pods cannot be created: " + stable(condition.getMessage()),
              "fix what the message names, such as the namespace's quota"));
    }
    if ("Progressing".equals(condition.getType()) && "False".equals(condition.getStatus())) {
      return Optional.of(
          new Readiness.Failed(
              "the rollout does not progress (" + condition.getReason() + ")",
              "kubectl describe pods -n %s -l %s"
                  .formatted(app.identity().namespace(), AppMetadata.selectorText(app))));
    }
    return Optional.empty();
  }

  /** Without the name of the pod that was tried last, which is another at every attempt. */
  private static String stable(@Nullable String message) {
    return message == null ? "" : message.replaceAll("pods \"[^\"]*\"", "pods").strip();
  }

  private static List<DeploymentCondition> conditions(Deployment deployment) {
    DeploymentStatus status = deployment.getStatus();
    return status == null || status.getConditions() == null ? List.of() : status.getConditions();
  }

  private static Optional<String> warning(@Nullable HorizontalPodAutoscaler autoscaler) {
    if (autoscaler == null
        || autoscaler.getStatus() == null
        || autoscaler.getStatus().getConditions() == null) {
      return Optional.empty();
    }
    return autoscaler.getStatus().getConditions().stream()
        .filter(c -> "ScalingActive".equals(c.getType()) && "False".equals(c.getStatus()))
        .filter(c -> !"ScalingDisabled".equals(c.getReason()))
        .map(HorizontalPodAutoscalerCondition::getReason)
        .map(reason -> "the autoscaler cannot scale (" + reason + "): is metrics-server running?")
        .findFirst();
  }

  /** The numbers of a Deployment; what is not given counts as Kubernetes counts it. */
  private record Counts(
      boolean stale, int desired, int existing, int updated, int ready, int available) {
    static Counts of(Deployment deployment) {
      DeploymentStatus status =
          deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
      Long observed = status.getObservedGeneration();
      Long generation = deployment.getMetadata().getGeneration();
      DeploymentSpec spec =
          deployment.getSpec() == null ? new DeploymentSpec() : deployment.getSpec();
      return new Counts(
          observed == null || generation == null || observed < generation,
          spec.getReplicas() == null ? 1 : spec.getReplicas(),
          count(status.getReplicas()),
          count(status.getUpdatedReplicas()),
          count(status.getReadyReplicas()),
          count(status.getAvailableReplicas()));
    }

    private static int count(@Nullable Integer number) {
      return number == null ? 0 : number;
    }
  }
}
