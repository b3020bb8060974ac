package io.highlyavailable.operator.model;

import io.highlyavailable.operator.model.InstanceSettings.Architecture;
import java.util.List;

/**
 * Worker nodes for the cluster.
 *
 * @param instanceTypes their types, the most wanted first; all of one architecture
 * @param minSize the fewest
 * @param maxSize the most
 */
public record NodeGroupSettings(List<String> instanceTypes, int minSize, int maxSize) {
  public NodeGroupSettings {
    instanceTypes = List.copyOf(instanceTypes);
  }

  /** The architecture that all types have. */
  public Architecture architecture() {
    return InstanceSettings.architecture(instanceTypes.getFirst());
  }
}
