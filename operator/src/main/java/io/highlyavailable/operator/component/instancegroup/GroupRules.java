package io.highlyavailable.operator.component.instancegroup;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What all Auto Scaling groups of an app have in common, whatever their instances do. */
public interface GroupRules extends Component<InstanceGroupDesired, InstanceGroup> {
  /** The launch template or its version: changed by replacing instances. */
  String TEMPLATE = "launchTemplate";

  /** Where instances are registered. */
  String TARGET_GROUPS = "targetGroups";

  /** What a difference of one of the tags is called that others go by. */
  String TAG = "tag ";

  /** What scales the group. */
  String POLICIES = "scalingPolicies";

  @Override
  default String kind() {
    return "auto-scaling-group";
  }

  @Override
  default Class<InstanceGroup> resourceType() {
    return InstanceGroup.class;
  }

  @Override
  default List<Difference> differences(InstanceGroupDesired desired, InstanceGroup actual) {
    List<Difference> found = new ArrayList<>();
    GroupSettings wanted = desired.settings();
    GroupSettings seen = actual.settings();
    compare(found, "minReplicas", wanted.min(), seen.min());
    compare(found, "maxReplicas", wanted.max(), seen.max());
    compare(found, "instanceTypes", wanted.instanceTypes(), seen.instanceTypes());
    compare(found, "subnets", wanted.subnetIds(), seen.subnetIds());
    compare(found, "healthCheck", wanted.healthCheck(), seen.healthCheck());
    compare(found, "healthCheckGraceSeconds", wanted.graceSeconds(), seen.graceSeconds());
    compare(found, "warmupSeconds", wanted.warmupSeconds(), seen.warmupSeconds());
    compare(found, "cooldownSeconds", wanted.cooldownSeconds(), seen.cooldownSeconds());
    compare(
        found, "minHealthyPercentage", wanted.minHealthyPercentage(), seen.minHealthyPercentage());
    compare(
        found, "maxHealthyPercentage", wanted.maxHealthyPercentage(), seen.maxHealthyPercentage());
    compare(found, "zoneDistribution", wanted.zoneDistribution(), seen.zoneDistribution());
    compare(found, TARGET_GROUPS, desired.targetGroups(), actual.targetGroups());
    compare(found, POLICIES, desired.policies(), actual.policies());
    desired
        .ownTags()
        .forEach(
            (key, value) ->
                compare(found, TAG + key, value, actual.tags().getOrDefault(key, "none")));
    boolean decided =
        actual
            .replacement()
            .filter(it -> it.version().equals(desired.version()))
            .filter(it -> it.active() && !it.status().equals(Refresh.CANCELLING) || it.failed())
            .isPresent();
    if (!decided) {
      compare(found, TEMPLATE, template(desired), actual.template() + ":" + actual.version());
    }
    return found;
  }

  private static String template(InstanceGroupDesired desired) {
    return desired.template() + ":" + desired.version();
  }

  private static void compare(List<Difference> found, String field, Object wanted, Object seen) {
    if (!wanted.equals(seen)) {
      found.add(new Difference(field, wanted.toString(), seen.toString(), Impact.IN_PLACE));
    }
  }

  @Override
  default Readiness readiness(InstanceGroupDesired desired, InstanceGroup actual) {
    Optional<Refresh> refresh = actual.replacement();
    if (refresh.filter(Refresh::active).isPresent()) {
      return new Readiness.Progressing(progress(refresh.get()));
    }
    boolean current = actual.version().equals(desired.version());
    if (!current
        && refresh
            .filter(it -> it.failed() && it.version().equals(desired.version()))
            .isPresent()) {
      return new Readiness.Failed(
          "instances of version %s of the launch template do not work, and those of version %s go on: %s"
              .formatted(desired.version(), actual.version(), words(refresh.get())),
          "Change what the message names, such as spec.image; the next change is tried again by"
              + " itself");
    }
    return enough(desired, actual);
  }

  private static Readiness enough(InstanceGroupDesired desired, InstanceGroup actual) {
    int needed = desired.settings().min();
    if (actual.inService() < needed) {
      return new Readiness.Progressing(
          "%d/%d instances in service".formatted(actual.inService(), needed));
    }
    int serving = actual.serving(desired.healthy()).size();
    return desired.targetGroups().isEmpty() || serving >= needed
        ? new Readiness.Ready()
        : new Readiness.Progressing(
            "%d/%d instances answer the load balancer's health checks".formatted(serving, needed));
  }

  private static String progress(Refresh refresh) {
    return switch (refresh.status()) {
      case Refresh.CANCELLING -> "the replacement of instances is being cancelled";
      case "RollbackInProgress" ->
          "the new instances do not work, and those before come back: %d %% done"
              .formatted(refresh.percentage());
      default -> "instances are being replaced: %d %% done".formatted(refresh.percentage());
    };
  }

  private static String words(Refresh refresh) {
    return refresh.reason().isEmpty() ? refresh.status() : refresh.reason();
  }

  /** What a group that does its job consists of. */
  @Override
  default String remark(InstanceGroup actual) {
    return actual.members().isEmpty()
        ? ""
        : "in service: "
            + actual.zones().entrySet().stream()
                .map(zone -> zone.getKey() + " " + zone.getValue())
                .collect(Collectors.joining(", "));
  }

  @Override
  default Set<String> iamActions() {
    return Set.of(
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribePolicies",
        "autoscaling:DescribeInstanceRefreshes",
        "autoscaling:CreateAutoScalingGroup",
        "autoscaling:UpdateAutoScalingGroup",
        "autoscaling:AttachLoadBalancerTargetGroups",
        "autoscaling:DetachLoadBalancerTargetGroups",
        "autoscaling:PutScalingPolicy",
        "autoscaling:DeletePolicy",
        "autoscaling:StartInstanceRefresh",
        "autoscaling:CancelInstanceRefresh",
        "autoscaling:CreateOrUpdateTags",
        "autoscaling:DeleteTags",
        "autoscaling:DeleteAutoScalingGroup",
        // Auto Scaling asks for these in the caller's name when a launch template is named.
        "ec2:RunInstances",
        "ec2:CreateTags",
        "iam:PassRole",
        "ssm:GetParameters");
  }
}
