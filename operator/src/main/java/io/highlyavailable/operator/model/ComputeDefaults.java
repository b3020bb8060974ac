package io.highlyavailable.operator.model;

import io.highlyavailable.api.v1alpha1.Defaults;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.api.v1alpha1.InstancesSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Fills in the defaults of what the app runs on, and checks what instances cannot have. */
final class ComputeDefaults {
  private ComputeDefaults() {}

  /** The instances asked for, or null for containers. */
  static @Nullable InstanceSettings instances(HighlyAvailableAppSpec spec) {
    InstancesSpec given = spec.compute() == null ? null : spec.compute().instances();
    if (given == null) {
      return null;
    }
    return new InstanceSettings(
        Blocks.orElse(Blocks.emptyToNull(given.instanceType()), Defaults.INSTANCE_TYPE),
        Blocks.orElse(given.rootVolumeGiB(), Defaults.ROOT_VOLUME_GIB),
        Math.clamp(
            Blocks.orElse(given.minHealthyPercentage(), Defaults.MIN_HEALTHY_PERCENTAGE), 0, 100),
        Duration.ofSeconds(Blocks.orElse(given.warmupSeconds(), Defaults.WARMUP_SECONDS)));
  }

  static void check(HighlyAvailableAppSpec spec, Violations violations) {
    if (spec.compute() == null) {
      return;
    }
    violations.addIf(
        (spec.compute().containers() == null) == (spec.compute().instances() == null),
        "spec.compute",
        "give exactly one of containers and instances");
    if (spec.compute().instances() == null) {
      return;
    }
    violations.addIf(
        spec.ingress() == null,
        "spec.ingress",
        "add it with a host: instances are reached through a load balancer of their own");
    violations.addIf(
        spec.env().stream().anyMatch(variable -> variable.getValueFrom() != null),
        "spec.env",
        "give values only: instances cannot read what valueFrom names");
  }
}
