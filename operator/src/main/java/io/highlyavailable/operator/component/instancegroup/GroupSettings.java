package io.highlyavailable.operator.component.instancegroup;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one call sets of an Auto Scaling group. How many instances are wanted between the bounds is
 * not among it: scaling policies decide that.
 *
 * @param min the fewest instances
 * @param max the most instances
 * @param instanceTypes types to choose from, the most wanted first; empty for the launch template's
 * @param subnetIds where they are
 * @param healthCheck {@code ELB} when the load balancer's checks count too, else {@code EC2}
 * @param graceSeconds from the start of an instance until its checks count
 * @param warmupSeconds from the start of an instance until its metrics count
 * @param cooldownSeconds between two activities of simple scaling
 * @param minHealthyPercentage how many stay healthy while instances are replaced
 * @param maxHealthyPercentage how many there may be meanwhile
 * @param zoneDistribution {@code balanced-only}, or {@code balanced-best-effort}
 */
public record GroupSettings(
    int min,
    int max,
    List<String> instanceTypes,
    SortedSet<String> subnetIds,
    String healthCheck,
    int graceSeconds,
    int warmupSeconds,
    int cooldownSeconds,
    int minHealthyPercentage,
    int maxHealthyPercentage,
    String zoneDistribution) {
  public GroupSettings {
    instanceTypes = List.copyOf(instanceTypes);
    subnetIds = Collections.unmodifiableSortedSet(new TreeSet<>(subnetIds));
  }

  GroupSettings empty() {
    return new GroupSettings(
        0,
        0,
        instanceTypes,
        subnetIds,
        healthCheck,
        graceSeconds,
        warmupSeconds,
        cooldownSeconds,
        minHealthyPercentage,
        maxHealthyPercentage,
        zoneDistribution);
  }
}
