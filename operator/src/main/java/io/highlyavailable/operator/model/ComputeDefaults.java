package io.highlyavailable.operator.model;

import io.highlyavailable.api.v1alpha1.Defaults;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.api.v1alpha1.InstancesSpec;
import io.highlyavailable.api.v1alpha1.NodeGroupSpec;
import java.time.Duration;
import java.util.List;
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

  /** The worker nodes asked for, or null for none. */
  static @Nullable NodeGroupSettings nodes(@Nullable NodeGroupSpec given) {
    if (given == null) {
      return null;
    }
    int most = Math.max(1, Blocks.orElse(given.maxSize(), Defaults.NODES_MAX));
    return new NodeGroupSettings(
        given.instanceTypes().isEmpty()
            ? List.of(Defaults.NODE_INSTANCE_TYPE)
            : given.instanceTypes(),
        Math.clamp(Blocks.orElse(given.minSize(), Defaults.NODES_MIN), 0, most),
        most);
  }

  private static void checkNodes(@Nullable NodeGroupSpec given, Violations violations) {
    if (given == null) {
      return;
    }
    violations.addIf(
        Blocks.orElse(given.minSize(), Defaults.NODES_MIN)
            > Blocks.orElse(given.maxSize(), Defaults.NODES_MAX),
        "spec.nodeGroup.maxSize",
        "raise it to minSize at least");
    violations.addIf(
        given.instanceTypes().stream().map(InstanceSettings::architecture).distinct().count() > 1,
        "spec.nodeGroup.instanceTypes",
        "name types of one architecture: the nodes' image is for one");
  }

  static void check(HighlyAvailableAppSpec spec, Violations violations) {
    checkNodes(spec.nodeGroup(), violations);
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
