package io.highlyavailable.operator.model;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.highlyavailable.api.v1alpha1.AvailabilitySpec;
import io.highlyavailable.api.v1alpha1.Defaults;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.api.v1alpha1.MigrationSpec;
import io.highlyavailable.api.v1alpha1.NetworkPolicySpec;
import io.highlyavailable.api.v1alpha1.PodTemplateOverlay;
import io.highlyavailable.api.v1alpha1.ProbesSpec;
import io.highlyavailable.api.v1alpha1.RolloutSpec;
import io.highlyavailable.api.v1alpha1.ScalingSpec;
import io.highlyavailable.api.v1alpha1.TopologySpread;
import io.highlyavailable.operator.model.App.Availability;
import io.highlyavailable.operator.model.App.Migration;
import io.highlyavailable.operator.model.App.Probes;
import io.highlyavailable.operator.model.App.Scale;
import io.highlyavailable.operator.model.App.Workload;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in the defaults of the stateless tier. */
final class WorkloadDefaults {
  private WorkloadDefaults() {}

  static Workload workload(HighlyAvailableAppSpec spec) {
    return new Workload(
        Blocks.orElse(spec.image(), ""),
        spec.imagePullSecrets(),
        Blocks.orElse(spec.port(), Defaults.PORT),
        podTemplate(spec.podTemplate()),
        spec.env(),
        spec.envFrom(),
        resources(spec.resources()),
        probes(spec.probes()),
        Blocks.emptyToNull(spec.serviceAccountName()),
        scale(spec),
        availability(spec.availability()),
        networkPolicy(spec.networkPolicy()),
        migration(spec.migration()),
        bake(spec));
  }

  private static @Nullable Duration bake(HighlyAvailableAppSpec spec) {
    RolloutSpec rollout = spec.rollout() == null ? new RolloutSpec(null, null) : spec.rollout();
    boolean watched =
        DataDefaults.alarms(spec.monitoring()) && Blocks.orElse(rollout.rollbackOnAlarm(), true);
    return watched
        ? Duration.ofSeconds(Blocks.orElse(rollout.bakeSeconds(), Defaults.BAKE_SECONDS))
        : null;
  }

  private static @Nullable Migration migration(@Nullable MigrationSpec given) {
    return given == null || given.command().isEmpty()
        ? null
        : new Migration(given.command(), given.args(), given.env());
  }

  /** As parsed YAML; empty also for what cannot be converted, which {@link SpecRules} refuses. */
  static Map<String, Object> podTemplate(@Nullable PodTemplateOverlay overlay) {
    if (overlay == null) {
      return Map.of();
    }
    try {
      return Blocks.MAPPER.convertValue(overlay, new TypeReference<Map<String, Object>>() {});
    } catch (IllegalArgumentException _) {
      return Map.of();
    }
  }

  /**
   * Adds a default request for what has neither request nor limit: a limit alone is also the
   * request, and a larger default would make the pod invalid.
   */
  private static ResourceRequirements resources(@Nullable ResourceRequirements given) {
    ResourceRequirementsBuilder resources =
        given == null ? new ResourceRequirementsBuilder() : new ResourceRequirementsBuilder(given);
    if (absent(resources, "cpu")) {
      resources.addToRequests("cpu", new Quantity(Defaults.CPU_REQUEST));
    }
    if (absent(resources, "memory")) {
      resources.addToRequests("memory", new Quantity(Defaults.MEMORY_REQUEST));
    }
    return resources.build();
  }

  private static boolean absent(ResourceRequirementsBuilder resources, String name) {
    Map<String, Quantity> requests = resources.getRequests();
    Map<String, Quantity> limits = resources.getLimits();
    return (requests == null || requests.get(name) == null)
        && (limits == null || limits.get(name) == null);
  }

  private static Probes probes(@Nullable ProbesSpec probes) {
    return probes == null
        ? new Probes(null, null, null)
        : new Probes(probes.readiness(), probes.liveness(), probes.startup());
  }

  static Scale scale(HighlyAvailableAppSpec spec) {
    if (spec.replicas() != null) {
      return new Scale.Fixed(spec.replicas());
    }
    ScalingSpec scaling =
        spec.scaling() == null
            ? new ScalingSpec(null, null, null, null, null, null)
            : spec.scaling();
    int stabilization =
        Blocks.orElse(
            scaling.scaleDownStabilizationSeconds(), Defaults.SCALE_DOWN_STABILIZATION_SECONDS);
    return new Scale.Automatic(
        Blocks.orElse(scaling.minReplicas(), Defaults.MIN_REPLICAS),
        Blocks.orElse(scaling.maxReplicas(), Defaults.MAX_REPLICAS),
        Blocks.orElse(scaling.cpuUtilizationPercentage(), Defaults.CPU_UTILIZATION_PERCENTAGE),
        scaling.memoryUtilizationPercentage(),
        Duration.ofSeconds(stabilization),
        scaling.requestsPerSecondPerReplica());
  }

  private static Availability availability(@Nullable AvailabilitySpec given) {
    AvailabilitySpec availability =
        given == null ? new AvailabilitySpec(null, null, null, null, null) : given;
    return new Availability(
        Blocks.orElse(availability.zones(), Defaults.ZONES),
        availability.topologySpread() == TopologySpread.REQUIRED,
        Blocks.orElse(availability.maxUnavailable(), Defaults.MAX_UNAVAILABLE),
        Duration.ofSeconds(Blocks.orElse(availability.drainSeconds(), Defaults.DRAIN_SECONDS)),
        Blocks.orElse(availability.rebalance(), true));
  }

  private static boolean networkPolicy(@Nullable NetworkPolicySpec networkPolicy) {
    return networkPolicy == null || Blocks.orElse(networkPolicy.enabled(), true);
  }
}
