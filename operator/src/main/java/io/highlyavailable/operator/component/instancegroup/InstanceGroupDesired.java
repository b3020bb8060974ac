package io.highlyavailable.operator.component.instancegroup;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An Auto Scaling group as it should be.
 *
 * @param name its name
 * @param settings its settings
 * @param template the launch template's id
 * @param version the version of the launch template that its instances are of
 * @param targetGroups ARNs of the target groups that its instances are registered with
 * @param policies its target tracking policies
 * @param healthy ids of the targets that answer as they should
 * @param ownTags tags that others go by, of the group and of its instances
 */
public record InstanceGroupDesired(
    String name,
    GroupSettings settings,
    String template,
    String version,
    SortedSet<String> targetGroups,
    SortedSet<Tracking> policies,
    SortedSet<String> healthy,
    SortedMap<String, String> ownTags) {
  public InstanceGroupDesired {
    targetGroups = Collections.unmodifiableSortedSet(new TreeSet<>(targetGroups));
    policies = Collections.unmodifiableSortedSet(new TreeSet<>(policies));
    healthy = Collections.unmodifiableSortedSet(new TreeSet<>(healthy));
    ownTags = Collections.unmodifiableSortedMap(new TreeMap<>(ownTags));
  }
}
