package io.highlyavailable.operator.component.instancegroup;

import io.highlyavailable.operator.component.Tags;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.ActiveInstanceRefreshNotFoundException;
import software.amazon.awssdk.services.autoscaling.model.DesiredConfiguration;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.RefreshStrategy;

/**
 * Instance refreshes. EC2 Auto Scaling lists those of one group at a time, so a tag of the group
 * says which version it was last to be refreshed to: while that is the group's version, as it is
 * when a refresh has succeeded, there is nothing to ask for.
 */
final class Refreshes {
  /** The version of the launch template that the group's instances were last to be of. */
  static final String TAG = "highlyavailable.io/refreshed-to";

  private final AutoScalingClient client;

  Refreshes(AutoScalingClient client) {
    this.client = client;
  }

  /** The last refresh of a group, if its version has not become the group's. */
  Optional<Refresh> undecided(InstanceGroup group) {
    String asked = group.tags().get(TAG);
    if (asked == null || asked.equals(group.version())) {
      return Optional.empty();
    }
    return client
        .describeInstanceRefreshes(it -> it.autoScalingGroupName(group.name()).maxRecords(1))
        .instanceRefreshes()
        .stream()
        .findFirst()
        .map(Refreshes::read);
  }

  private static Refresh read(InstanceRefresh refresh) {
    return new Refresh(
        refresh.instanceRefreshId(),
        version(refresh.desiredConfiguration()),
        refresh.statusAsString(),
        Objects.requireNonNullElse(refresh.percentageComplete(), 0),
        Objects.requireNonNullElse(refresh.statusReason(), ""));
  }

  /**
   * Replaces the instances. One refresh runs at a time: one that runs is cancelled, and the next
   * begins when that is seen.
   */
  InstanceGroup begin(InstanceGroup group, InstanceGroupDesired desired) {
    Optional<Refresh> running = group.replacement().filter(Refresh::active);
    if (running.isPresent()) {
      return group.withRefresh(cancelled(group, running.get()));
    }
    client.createOrUpdateTags(
        it ->
            it.tags(
                List.of(
                    Groups.tag(group.name(), TAG).toBuilder()
                        .value(desired.version())
                        .propagateAtLaunch(false)
                        .build())));
    String id = start(group, desired);
    return group
        .withTags(Tags.with(group.tags(), Map.of(TAG, desired.version())))
        .withRefresh(new Refresh(id, desired.version(), Refresh.PENDING, 0, ""));
  }

  /** With what it is to become, so that it can go back by itself to what it is. */
  private String start(InstanceGroup group, InstanceGroupDesired desired) {
    GroupSettings settings = desired.settings();
    return client
        .startInstanceRefresh(
            it ->
                it.autoScalingGroupName(group.name())
                    .strategy(RefreshStrategy.ROLLING)
                    .desiredConfiguration(configuration(desired))
                    .preferences(
                        how ->
                            how.minHealthyPercentage(settings.minHealthyPercentage())
                                .maxHealthyPercentage(settings.maxHealthyPercentage())
                                .instanceWarmup(settings.warmupSeconds())
                                .autoRollback(true)
                                .skipMatching(true)))
        .instanceRefreshId();
  }

  private static DesiredConfiguration configuration(InstanceGroupDesired desired) {
    List<String> types = desired.settings().instanceTypes();
    LaunchTemplateSpecification template = Groups.template(desired.template(), desired.version());
    return types.isEmpty()
        ? DesiredConfiguration.builder().launchTemplate(template).build()
        : DesiredConfiguration.builder()
            .mixedInstancesPolicy(Groups.mixed(template, types))
            .build();
  }

  private static String version(@Nullable DesiredConfiguration wanted) {
    if (wanted == null) {
      return "";
    }
    LaunchTemplateSpecification template =
        wanted.mixedInstancesPolicy() == null
            ? wanted.launchTemplate()
            : wanted.mixedInstancesPolicy().launchTemplate().launchTemplateSpecification();
    return template == null ? "" : Objects.requireNonNullElse(template.version(), "");
  }

  private Refresh cancelled(InstanceGroup group, Refresh running) {
    if (!running.status().equals(Refresh.CANCELLING)) {
      try {
        client.cancelInstanceRefresh(it -> it.autoScalingGroupName(group.name()));
      } catch (ActiveInstanceRefreshNotFoundException e) {
        return running.as("Cancelled");
      }
    }
    return running.as(Refresh.CANCELLING);
  }
}
