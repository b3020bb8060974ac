package io.highlyavailable.operator.component.instancegroup;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An Auto Scaling group.
 *
 * @param name its name
 * @param id its ARN
 * @param settings its settings
 * @param template the launch template's id
 * @param version the version of the launch template
 * @param targetGroups ARNs of the target groups that its instances are registered with
 * @param policies its target tracking policies that are ours by their names
 * @param members its instances, ordered by id
 * @param refresh the last replacement of instances that is not over, or was in vain; null for none
 * @param status what EC2 Auto Scaling says while it deletes the group; else empty
 * @param tags its tags
 */
public record InstanceGroup(
    String name,
    String id,
    GroupSettings settings,
    String template,
    String version,
    SortedSet<String> targetGroups,
    SortedSet<Tracking> policies,
    List<Member> members,
    @Nullable Refresh refresh,
    String status,
    Map<String, String> tags)
    implements CloudResource {
  public InstanceGroup {
    targetGroups = Collections.unmodifiableSortedSet(new TreeSet<>(targetGroups));
    policies = Collections.unmodifiableSortedSet(new TreeSet<>(policies));
    members = members.stream().sorted(Comparator.comparing(Member::id)).toList();
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String state() {
    if (!status.isEmpty()) {
      return status;
    }
    return replacement()
        .filter(Refresh::active)
        .map(it -> "refresh " + it.status())
        .orElse("available");
  }

  /** A group that may have no instances and has some is being emptied, to be deleted then. */
  @Override
  public boolean deleting() {
    return !status.isEmpty() || settings.max() == 0 && !members.isEmpty();
  }

  /** Instances come and go without a call of ours. */
  @Override
  public boolean unsettled() {
    return deleting()
        || replacement().filter(Refresh::active).isPresent()
        || inService() < settings.min();
  }

  /** The last replacement of instances, if it is not over or was in vain. */
  public Optional<Refresh> replacement() {
    return Optional.ofNullable(refresh);
  }

  /** How many instances are used. */
  public int inService() {
    return (int) members.stream().filter(Member::inService).count();
  }

  /** Instances that are used and answer as they should. */
  public List<Member> serving(Set<String> healthyTargets) {
    return members.stream()
        .filter(member -> member.inService() && healthyTargets.contains(member.id()))
        .toList();
  }

  /** How many instances are used in each zone. */
  public SortedMap<String, Long> zones() {
    return members.stream()
        .filter(Member::inService)
        .collect(Collectors.groupingBy(Member::zone, TreeMap::new, Collectors.counting()));
  }

  /** Whether every instance is of the group's version, and none is about to be replaced. */
  public boolean settled() {
    return replacement().filter(Refresh::active).isEmpty()
        && members.stream().allMatch(member -> member.version().equals(version));
  }

  InstanceGroup withSettings(GroupSettings changed) {
    return new InstanceGroup(
        name,
        id,
        changed,
        template,
        version,
        targetGroups,
        policies,
        members,
        refresh,
        status,
        tags);
  }

  InstanceGroup withTargetGroups(SortedSet<String> changed) {
    return new InstanceGroup(
        name, id, settings, template, version, changed, policies, members, refresh, status, tags);
  }

  InstanceGroup withPolicies(SortedSet<Tracking> changed) {
    return new InstanceGroup(
        name,
        id,
        settings,
        template,
        version,
        targetGroups,
        changed,
        members,
        refresh,
        status,
        tags);
  }

  InstanceGroup withRefresh(Refresh changed) {
    return new InstanceGroup(
        name,
        id,
        settings,
        template,
        version,
        targetGroups,
        policies,
        members,
        changed,
        status,
        tags);
  }

  InstanceGroup withStatus(String changed) {
    return new InstanceGroup(
        name,
        id,
        settings,
        template,
        version,
        targetGroups,
        policies,
        members,
        refresh,
        changed,
        tags);
  }

  InstanceGroup withTags(Map<String, String> changed) {
    return new InstanceGroup(
        name,
        id,
        settings,
        template,
        version,
        targetGroups,
        policies,
        members,
        refresh,
        status,
        changed);
  }
}
