package io.highlyavailable.operator.component.instancegroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesRequest;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;

/**
 * Auto Scaling groups. Everything of the kind is listed: a filter by one of our tags would not show
 * what has lost it. A create is the group with its tags and then its policies; after a crash
 * between them the missing policies are a difference like any other.
 */
public final class InstanceGroupAdapter implements Adapter<InstanceGroupDesired, InstanceGroup> {
  /** EC2 Auto Scaling's largest page. */
  private static final int PAGE = 100;

  private static final String TRACKING = "TargetTrackingScaling";

  private final AwsClients clients;
  private final Refreshes refreshes;

  InstanceGroupAdapter(AwsClients clients) {
    this.clients = clients;
    this.refreshes = new Refreshes(clients.autoScaling());
  }

  private AutoScalingClient client() {
    return clients.autoScaling();
  }

  @Override
  public String service() {
    return "autoscaling";
  }

  @Override
  public Listing<InstanceGroup> list() {
    var request = DescribeAutoScalingGroupsRequest.builder().maxRecords(PAGE).build();
    List<AutoScalingGroup> groups =
        client().describeAutoScalingGroupsPaginator(request).autoScalingGroups().stream()
            .filter(group -> group.autoScalingGroupName().startsWith(Names.PREFIX))
            .toList();
    if (groups.isEmpty()) {
      return Listing.of(List.of());
    }
    Map<String, List<ScalingPolicy>> policies =
        policies(DescribePoliciesRequest.builder().policyTypes(TRACKING));
    return Listing.of(groups.stream().map(group -> row(group, policies)).toList());
  }

  @Override
  public Optional<InstanceGroup> find(String name) {
    return client()
        .describeAutoScalingGroups(it -> it.autoScalingGroupNames(name))
        .autoScalingGroups()
        .stream()
        .findFirst()
        .map(
            group ->
                row(
                    group,
                    policies(
                        DescribePoliciesRequest.builder()
                            .policyTypes(TRACKING)
                            .autoScalingGroupName(name))));
  }

  private Map<String, List<ScalingPolicy>> policies(DescribePoliciesRequest.Builder request) {
    return client()
        .describePoliciesPaginator(request.maxRecords(PAGE).build())
        .scalingPolicies()
        .stream()
        .collect(Collectors.groupingBy(ScalingPolicy::autoScalingGroupName));
  }

  private InstanceGroup row(AutoScalingGroup group, Map<String, List<ScalingPolicy>> policies) {
    InstanceGroup row =
        Groups.read(group, policies.getOrDefault(group.autoScalingGroupName(), List.of()));
    return refreshes.undecided(row).map(row::withRefresh).orElse(row);
  }

  @Override
  public InstanceGroup create(InstanceGroupDesired desired, Map<String, String> tags) {
    client().createAutoScalingGroup(Groups.creation(desired, tags));
    desired.policies().forEach(policy -> put(desired.name(), policy));
    return find(desired.name()).orElseThrow();
  }

  @Override
  public InstanceGroup update(
      InstanceGroup actual, InstanceGroupDesired desired, List<Difference> changes) {
    InstanceGroup row = actual;
    if (!row.settings().equals(desired.settings())) {
      client().updateAutoScalingGroup(Groups.change(row, desired));
      row = row.withSettings(desired.settings());
    }
    if (!row.targetGroups().equals(desired.targetGroups())) {
      row = register(row, desired.targetGroups());
    }
    if (!row.policies().equals(desired.policies())) {
      row = track(row, desired.policies());
    }
    if (!row.tags().entrySet().containsAll(desired.ownTags().entrySet())) {
      row = tag(row, desired.ownTags());
    }
    boolean replace = changes.stream().anyMatch(it -> it.field().equals(GroupRules.TEMPLATE));
    return replace ? refreshes.begin(row, desired) : row;
  }

  private InstanceGroup register(InstanceGroup row, SortedSet<String> wanted) {
    Set<String> missing = without(wanted, row.targetGroups());
    Set<String> surplus = without(row.targetGroups(), wanted);
    if (!missing.isEmpty()) {
      client()
          .attachLoadBalancerTargetGroups(
              it -> it.autoScalingGroupName(row.name()).targetGroupARNs(missing));
    }
    if (!surplus.isEmpty()) {
      client()
          .detachLoadBalancerTargetGroups(
              it -> it.autoScalingGroupName(row.name()).targetGroupARNs(surplus));
    }
    return row.withTargetGroups(wanted);
  }

  private InstanceGroup track(InstanceGroup row, SortedSet<Tracking> wanted) {
    without(wanted, row.policies()).forEach(policy -> put(row.name(), policy));
    Set<String> names = wanted.stream().map(Tracking::name).collect(Collectors.toSet());
    row.policies().stream()
        .map(Tracking::name)
        .filter(name -> !names.contains(name))
        .forEach(
            name ->
                client().deletePolicy(it -> it.autoScalingGroupName(row.name()).policyName(name)));
    return row.withPolicies(wanted);
  }

  private static <T> SortedSet<T> without(SortedSet<T> all, SortedSet<T> some) {
    SortedSet<T> left = new TreeSet<>(all);
    left.removeAll(some);
    return left;
  }

  private void put(String group, Tracking policy) {
    client()
        .putScalingPolicy(
            it ->
                it.autoScalingGroupName(group)
                    .policyName(policy.name())
                    .policyType(TRACKING)
                    .targetTrackingConfiguration(Groups.tracking(policy)));
  }

  @Override
  public InstanceGroup tag(InstanceGroup actual, Map<String, String> tags) {
    client().createOrUpdateTags(it -> it.tags(Groups.tags(actual.name(), tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public InstanceGroup untag(InstanceGroup actual, List<String> keys) {
    client()
        .deleteTags(
            it -> it.tags(keys.stream().map(key -> Groups.tag(actual.name(), key)).toList()));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  /** First it is emptied, so that instances leave the load balancer before they are stopped. */
  @Override
  public Optional<InstanceGroup> delete(InstanceGroup actual, Disposal disposal) {
    try {
      if (actual.settings().max() > 0 && !actual.members().isEmpty()) {
        client()
            .updateAutoScalingGroup(
                it ->
                    it.autoScalingGroupName(actual.name())
                        .minSize(0)
                        .maxSize(0)
                        .desiredCapacity(0));
        return Optional.of(actual.withSettings(actual.settings().empty()));
      }
      client()
          .deleteAutoScalingGroup(it -> it.autoScalingGroupName(actual.name()).forceDelete(true));
    } catch (AutoScalingException e) {
      if (!String.valueOf(e.getMessage()).contains("not found")) {
        throw e;
      }
      return Optional.empty();
    }
    return find(actual.name());
  }
}
