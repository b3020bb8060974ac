package io.highlyavailable.testbed.alb;

import io.highlyavailable.testbed.alb.LoadBalancerModel.TargetGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** Target groups in AWS. */
final class TargetGroups {
  private final ElasticLoadBalancingV2Client elb;
  private final String vpcId;
  private final ResourceTags tags;

  TargetGroups(ElasticLoadBalancingV2Client elb, String vpcId, ResourceTags tags) {
    this.elb = elb;
    this.vpcId = vpcId;
    this.tags = tags;
  }

  /** Makes or corrects those of a model, and says their ARNs. */
  Map<Backend, String> ensure(LoadBalancerModel model, boolean isNew) {
    Map<Backend, String> arns = new HashMap<>();
    for (TargetGroup group : model.targetGroups()) {
      Optional<software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup> found =
          isNew ? Optional.empty() : find(group.name());
      String arn = found.map(g -> g.targetGroupArn()).orElseGet(() -> create(model, group));
      found.filter(g -> !checks(g).equals(group.healthCheck())).ifPresent(g -> modify(arn, group));
      setAttributes(arn, group);
      arns.put(group.backend(), arn);
    }
    return arns;
  }

  Optional<software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup> find(
      String name) {
    try {
      return elb.describeTargetGroups(b -> b.names(name)).targetGroups().stream().findFirst();
    } catch (TargetGroupNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The ARNs of those that a load balancer sends requests to. */
  List<String> of(String loadBalancerArn) {
    try {
      return elb
          .describeTargetGroups(b -> b.loadBalancerArn(loadBalancerArn))
          .targetGroups()
          .stream()
          .map(group -> group.targetGroupArn())
          .toList();
    } catch (TargetGroupNotFoundException e) {
      return List.of();
    }
  }

  void delete(String arn) {
    elb.deleteTargetGroup(b -> b.targetGroupArn(arn));
  }

  private String create(LoadBalancerModel model, TargetGroup group) {
    HealthCheck check = group.healthCheck();
    Map<String, String> all = tags.of(model.stack(), group.resourceId(), model.tags());
    return elb.createTargetGroup(
            b ->
                b.name(group.name())
                    .vpcId(vpcId)
                    .targetType(group.targetType())
                    .protocol(group.protocol())
                    .protocolVersion(group.protocolVersion())
                    .port(group.port())
                    .healthCheckEnabled(true)
                    .healthCheckPort(check.port())
                    .healthCheckProtocol(check.protocol())
                    .healthCheckPath(check.path())
                    .healthCheckIntervalSeconds(check.interval())
                    .healthCheckTimeoutSeconds(check.timeout())
                    .healthyThresholdCount(check.healthyThreshold())
                    .unhealthyThresholdCount(check.unhealthyThreshold())
                    .matcher(matcher(group))
                    .tags(awsTags(all)))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  private void modify(String arn, TargetGroup group) {
    HealthCheck check = group.healthCheck();
    elb.modifyTargetGroup(
        b ->
            b.targetGroupArn(arn)
                .healthCheckPort(check.port())
                .healthCheckProtocol(check.protocol())
                .healthCheckPath(check.path())
                .healthCheckIntervalSeconds(check.interval())
                .healthCheckTimeoutSeconds(check.timeout())
                .healthyThresholdCount(check.healthyThreshold())
                .unhealthyThresholdCount(check.unhealthyThreshold())
                .matcher(matcher(group)));
  }

  private static Matcher matcher(TargetGroup group) {
    String codes = group.healthCheck().successCodes();
    return group.protocolVersion().equals("GRPC")
        ? Matcher.builder().grpcCode(codes).build()
        : Matcher.builder().httpCode(codes).build();
  }

  private static HealthCheck checks(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup group) {
    return new HealthCheck(
        group.healthCheckPort(),
        group.healthCheckProtocolAsString(),
        group.healthCheckPath(),
        group.healthCheckIntervalSeconds(),
        group.healthCheckTimeoutSeconds(),
        group.healthyThresholdCount(),
        group.unhealthyThresholdCount(),
        Optional.ofNullable(group.matcher())
            .map(m -> m.httpCode() != null ? m.httpCode() : m.grpcCode())
            .orElse(""));
  }

  private void setAttributes(String arn, TargetGroup group) {
    List<TargetGroupAttribute> given =
        group.attributes().entrySet().stream()
            .map(e -> TargetGroupAttribute.builder().key(e.getKey()).value(e.getValue()).build())
            .toList();
    if (!given.isEmpty()) {
      elb.modifyTargetGroupAttributes(b -> b.targetGroupArn(arn).attributes(given));
    }
  }

  static List<Tag> awsTags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  /** Deletes those of a list that a test does not keep. */
  void deleteUnless(List<String> arns, Predicate<String> kept) {
    arns.stream().filter(kept.negate()).forEach(this::delete);
  }
}
