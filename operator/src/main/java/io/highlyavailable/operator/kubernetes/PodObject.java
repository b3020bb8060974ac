package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Availability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The pods of the app: the generated pod with the user's podTemplate merged over it. */
final class PodObject {
  /** The app's own container; every other one is the user's. */
  static final String CONTAINER = "app";

  /** The port that the app listens on. */
  static final String PORT_NAME = "http";

  /** Changes with what the bindings hold, so that pods see new credentials by a rollout. */
  static final String BINDINGS_HASH = "highlyavailable.io/bindings-hash";

  /** What an app has after the drain to end what it is doing; Kubernetes' own default. */
  private static final Duration SHUTDOWN = Duration.ofSeconds(30);

  private PodObject() {}

  static PodTemplateSpec of(App app, WorkloadInputs inputs) {
    PodTemplateSpec generated = generated(app, inputs);
    PodTemplateSpec merged = PodOverlay.merge(generated, app.workload().podTemplate());
    LostNodes.tolerate(merged.getSpec());
    return PodSecurity.harden(merged);
  }

  private static PodTemplateSpec generated(App app, WorkloadInputs inputs) {
    PodTemplateSpecBuilder pod =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(AppMetadata.labels(app))
            .endMetadata()
            .withSpec(spec(app, inputs));
    if (!inputs.bindings().isEmpty()) {
      pod.editMetadata()
          .addToAnnotations(BINDINGS_HASH, AppliedHash.of(inputs.bindings()))
          .endMetadata();
    }
    return pod.build();
  }

  private static PodSpec spec(App app, WorkloadInputs inputs) {
    App.Workload workload = app.workload();
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withServiceAccountName(serviceAccount(app))
            .withImagePullSecrets(workload.imagePullSecrets())
            .withTerminationGracePeriodSeconds(
                workload.availability().drain().plus(SHUTDOWN).toSeconds())
            // Else every Service of the namespace adds variables that no manifest shows.
            .withEnableServiceLinks(false)
            .withTopologySpreadConstraints(spread(app))
            .withContainers(AppContainer.of(app, inputs));
    for (Binding binding : inputs.bindings()) {
      spec.addToVolumes(AppContainer.volume(app, binding));
    }
    return spec.build();
  }

  private static String serviceAccount(App app) {
    String users = app.workload().serviceAccountName();
    return users == null ? app.identity().name() : users;
  }

  private static List<TopologySpreadConstraint> spread(App app) {
    Availability availability = app.workload().availability();
    List<TopologySpreadConstraint> constraints = new ArrayList<>();
    if (availability.zones() > 1) {
      TopologySpreadConstraint zones =
          spread(app, "topology.kubernetes.io/zone", requirement(availability.spreadRequired()));
      // Only legal together with DoNotSchedule.
      zones.setMinDomains(availability.spreadRequired() ? availability.zones() : null);
      constraints.add(zones);
    }
    constraints.add(spread(app, "kubernetes.io/hostname", requirement(false)));
    return constraints;
  }

  private static String requirement(boolean required) {
    return required ? "DoNotSchedule" : "ScheduleAnyway";
  }

  /** Counts pods of one revision only, else a rollout starts out unbalanced by the old ones. */
  private static TopologySpreadConstraint spread(App app, String key, String whenUnsatisfiable) {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey(key)
        .withWhenUnsatisfiable(whenUnsatisfiable)
        .withNewLabelSelector()
        .withMatchLabels(AppMetadata.selector(app))
        .endLabelSelector()
        .withMatchLabelKeys("pod-template-hash")
        .build();
  }
}
