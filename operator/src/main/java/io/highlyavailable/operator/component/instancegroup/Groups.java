package io.highlyavailable.operator.component.instancegroup;

import io.highlyavailable.operator.component.Tags;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.AvailabilityZoneDistribution;
import software.amazon.awssdk.services.autoscaling.model.CreateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.InstanceMaintenancePolicy;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;
import software.amazon.awssdk.services.autoscaling.model.PredefinedMetricSpecification;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.autoscaling.model.TargetTrackingConfiguration;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/** Auto Scaling groups in EC2 Auto Scaling's words. */
final class Groups {
  private Groups() {}

  /** How many are wanted is left out, which is then the fewest. */
  static CreateAutoScalingGroupRequest creation(
      InstanceGroupDesired desired, Map<String, String> tags) {
    GroupSettings settings = desired.settings();
    LaunchTemplateSpecification template = template(desired.template(), desired.version());
    boolean mixed = !settings.instanceTypes().isEmpty();
    return CreateAutoScalingGroupRequest.builder()
        .autoScalingGroupName(desired.name())
        .launchTemplate(mixed ? null : template)
        .mixedInstancesPolicy(mixed ? mixed(template, settings.instanceTypes()) : null)
        .minSize(settings.min())
        .maxSize(settings.max())
        .vpcZoneIdentifier(String.join(",", settings.subnetIds()))
        .healthCheckType(settings.healthCheck())
        .healthCheckGracePeriod(settings.graceSeconds())
        .defaultInstanceWarmup(settings.warmupSeconds())
        .defaultCooldown(settings.cooldownSeconds())
        .instanceMaintenancePolicy(maintenance(settings))
        .availabilityZoneDistribution(zones(settings))
        .targetGroupARNs(desired.targetGroups())
        .tags(tags(desired.name(), Tags.with(tags, desired.ownTags())))
        .build();
  }

  /** The instances' version stays what it is: another one is for an instance refresh. */
  static UpdateAutoScalingGroupRequest change(InstanceGroup actual, InstanceGroupDesired desired) {
    GroupSettings settings = desired.settings();
    LaunchTemplateSpecification template = template(actual.template(), actual.version());
    boolean mixed = !settings.instanceTypes().isEmpty();
    return UpdateAutoScalingGroupRequest.builder()
        .autoScalingGroupName(desired.name())
        .launchTemplate(mixed ? null : template)
        .mixedInstancesPolicy(mixed ? mixed(template, settings.instanceTypes()) : null)
        .minSize(settings.min())
        .maxSize(settings.max())
        .vpcZoneIdentifier(String.join(",", settings.subnetIds()))
        .healthCheckType(settings.healthCheck())
        .healthCheckGracePeriod(settings.graceSeconds())
        .defaultInstanceWarmup(settings.warmupSeconds())
        .defaultCooldown(settings.cooldownSeconds())
        .instanceMaintenancePolicy(maintenance(settings))
        .availabilityZoneDistribution(zones(settings))
        .build();
  }

  static LaunchTemplateSpecification template(String id, String version) {
    return LaunchTemplateSpecification.builder().launchTemplateId(id).version(version).build();
  }

  /** On demand, and of the first type that EC2 has. */
  static MixedInstancesPolicy mixed(LaunchTemplateSpecification template, List<String> types) {
    return MixedInstancesPolicy.builder()
        .launchTemplate(
            it ->
                it.launchTemplateSpecification(template)
                    .overrides(
                        types.stream()
                            .map(
                                type ->
                                    LaunchTemplateOverrides.builder().instanceType(type).build())
                            .toList()))
        .instancesDistribution(
            it ->
                it.onDemandAllocationStrategy("prioritized")
                    .onDemandPercentageAboveBaseCapacity(100))
        .build();
  }

  private static InstanceMaintenancePolicy maintenance(GroupSettings settings) {
    return InstanceMaintenancePolicy.builder()
        .minHealthyPercentage(settings.minHealthyPercentage())
        .maxHealthyPercentage(settings.maxHealthyPercentage())
        .build();
  }

  private static AvailabilityZoneDistribution zones(GroupSettings settings) {
    return AvailabilityZoneDistribution.builder()
        .capacityDistributionStrategy(settings.zoneDistribution())
        .build();
  }

  static TargetTrackingConfiguration tracking(Tracking policy) {
    PredefinedMetricSpecification.Builder metric =
        PredefinedMetricSpecification.builder().predefinedMetricType(policy.metric());
    if (!policy.label().isEmpty()) {
      metric.resourceLabel(policy.label());
    }
    return TargetTrackingConfiguration.builder()
        .predefinedMetricSpecification(metric.build())
        .targetValue(policy.target())
        .build();
  }

  /** As the instances have them too. */
  static List<Tag> tags(String group, Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(
                tag ->
                    tag(group, tag.getKey()).toBuilder()
                        .value(tag.getValue())
                        .propagateAtLaunch(true)
                        .build())
            .toList();
  }

  static Tag tag(String group, String key) {
    return Tag.builder().resourceId(group).resourceType("auto-scaling-group").key(key).build();
  }

  static InstanceGroup read(AutoScalingGroup group, List<ScalingPolicy> policies) {
    LaunchTemplateSpecification template =
        group.mixedInstancesPolicy() == null
            ? group.launchTemplate()
            : group.mixedInstancesPolicy().launchTemplate().launchTemplateSpecification();
    return new InstanceGroup(
        group.autoScalingGroupName(),
        group.autoScalingGroupARN(),
        settings(group),
        template == null ? "" : text(template.launchTemplateId()),
        template == null ? "" : text(template.version()),
        new TreeSet<>(group.targetGroupARNs()),
        ours(group.autoScalingGroupName(), policies),
        group.instances().stream().map(Groups::member).toList(),
        null,
        text(group.status()),
        group.tags().stream()
            .collect(Collectors.toMap(TagDescription::key, TagDescription::value)));
  }

  private static GroupSettings settings(AutoScalingGroup group) {
    var maintenance = Optional.ofNullable(group.instanceMaintenancePolicy());
    return new GroupSettings(
        group.minSize(),
        group.maxSize(),
        types(group),
        Stream.of(text(group.vpcZoneIdentifier()).split(","))
            .filter(subnet -> !subnet.isBlank())
            .collect(Collectors.toCollection(TreeSet::new)),
        text(group.healthCheckType()),
        number(group.healthCheckGracePeriod()),
        number(group.defaultInstanceWarmup()),
        number(group.defaultCooldown()),
        maintenance.map(it -> number(it.minHealthyPercentage())).orElse(0),
        maintenance.map(it -> number(it.maxHealthyPercentage())).orElse(0),
        group.availabilityZoneDistribution() == null
            ? ""
            : text(group.availabilityZoneDistribution().capacityDistributionStrategyAsString()));
  }

  private static List<String> types(AutoScalingGroup group) {
    return group.mixedInstancesPolicy() == null
        ? List.of()
        : group.mixedInstancesPolicy().launchTemplate().overrides().stream()
            .map(type -> text(type.instanceType()))
            .toList();
  }

  /** What somebody else has added under another name is theirs. */
  private static SortedSet<Tracking> ours(String group, List<ScalingPolicy> policies) {
    return policies.stream()
        .filter(policy -> policy.policyName().startsWith(group + "-"))
        .map(Groups::tracking)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Tracking tracking(ScalingPolicy policy) {
    var aim = policy.targetTrackingConfiguration();
    var metric = aim == null ? null : aim.predefinedMetricSpecification();
    return new Tracking(
        policy.policyName(),
        metric == null ? "" : text(metric.predefinedMetricTypeAsString()),
        metric == null ? "" : text(metric.resourceLabel()),
        aim == null ? 0 : Objects.requireNonNullElse(aim.targetValue(), 0.0));
  }

  private static Member member(Instance instance) {
    return new Member(
        instance.instanceId(),
        text(instance.availabilityZone()),
        text(instance.lifecycleStateAsString()),
        "Healthy".equalsIgnoreCase(instance.healthStatus()),
        instance.launchTemplate() == null ? "" : text(instance.launchTemplate().version()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }
}
