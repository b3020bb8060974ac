package io.highlyavailable.operator.component.targetgroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.BalancingTags;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.component.targetgroup.TargetGroup.HealthCheck;
import io.highlyavailable.operator.component.targetgroup.TargetGroup.Place;
import io.highlyavailable.operator.component.targetgroup.TargetGroup.Target;
import io.highlyavailable.operator.model.Names;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * Target groups, whose listing shows neither tags, attributes nor targets: so it gives names, and
 * details one by one. A create is two calls: the delay is an attribute, which no create takes.
 */
public final class TargetGroupAdapter implements Adapter<TargetGroupDesired, TargetGroup> {
  /** Elastic Load Balancing's largest page. */
  private static final int PAGE = 400;

  private static final String DELAY = "deregistration_delay.timeout_seconds";

  /** Elastic Load Balancing's default. */
  private static final String USUAL_DELAY = "300";

  private final ElasticLoadBalancingV2Client elb;
  private final BalancingTags tags;

  TargetGroupAdapter(AwsClients clients) {
    this.elb = clients.elb();
    this.tags = new BalancingTags(elb);
  }

  @Override
  public String service() {
    return "elasticloadbalancing";
  }

  @Override
  public Listing<TargetGroup> list() {
    var request = DescribeTargetGroupsRequest.builder().pageSize(PAGE).build();
    return Listing.ofNames(
        elb.describeTargetGroupsPaginator(request).targetGroups().stream()
            .map(group -> group.targetGroupName())
            .filter(name -> name.startsWith(Names.PREFIX))
            .collect(Collectors.toSet()));
  }

  @Override
  public Optional<TargetGroup> find(String name) {
    try {
      return described(name).map(this::row);
    } catch (TargetGroupNotFoundException e) {
      // It was deleted between the calls.
      return Optional.empty();
    }
  }

  private Optional<software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup>
      described(String name) {
    try {
      return elb.describeTargetGroups(request -> request.names(name)).targetGroups().stream()
          .findFirst();
    } catch (TargetGroupNotFoundException e) {
      return Optional.empty();
    }
  }

  private TargetGroup row(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup group) {
    String arn = group.targetGroupArn();
    return row(group, delay(arn), targets(arn), tags.of(arn));
  }

  private static TargetGroup row(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup group,
      int delay,
      SortedMap<String, Target> targets,
      Map<String, String> tags) {
    return new TargetGroup(
        group.targetGroupName(),
        group.targetGroupArn(),
        new Place(
            text(group.vpcId()),
            text(group.targetTypeAsString()),
            text(group.protocolAsString()),
            group.port() == null ? 0 : group.port()),
        new HealthCheck(
            text(group.healthCheckProtocolAsString()),
            text(group.healthCheckPort()),
            text(group.healthCheckPath()),
            group.healthCheckIntervalSeconds(),
            group.healthCheckTimeoutSeconds(),
            group.healthyThresholdCount(),
            group.unhealthyThresholdCount(),
            group.matcher() == null ? "" : text(group.matcher().httpCode())),
        delay,
        targets,
        tags);
  }

  private static String text(@Nullable String word) {
    return Objects.requireNonNullElse(word, "");
  }

  private int delay(String arn) {
    return elb
        .describeTargetGroupAttributes(request -> request.targetGroupArn(arn))
        .attributes()
        .stream()
        .filter(attribute -> DELAY.equals(attribute.key()))
        .map(attribute -> Integer.valueOf(attribute.value()))
        .findFirst()
        .orElseGet(() -> Integer.valueOf(USUAL_DELAY));
  }

  private SortedMap<String, Target> targets(String arn) {
    return elb
        .describeTargetHealth(request -> request.targetGroupArn(arn))
        .targetHealthDescriptions()
        .stream()
        .collect(
            Collectors.toMap(
                it -> it.target().id(), TargetGroupAdapter::target, (a, b) -> a, TreeMap::new));
  }

  private static Target target(TargetHealthDescription description) {
    var health = description.targetHealth();
    return new Target(health.stateAsString(), text(health.reasonAsString()));
  }

  /** A second create of the same settings would succeed and say nothing of whose the first was. */
  @Override
  public TargetGroup create(TargetGroupDesired desired, Map<String, String> given) {
    if (described(desired.name()).isPresent()) {
      throw BalancingTags.taken("elasticloadbalancing:CreateTargetGroup", desired.name());
    }
    HealthCheck check = desired.healthCheck();
    var created =
        elb.createTargetGroup(
                request ->
                    request
                        .name(desired.name())
                        .vpcId(desired.place().vpcId())
                        .targetType(desired.place().type())
                        .protocol(desired.place().protocol())
                        .port(desired.place().port())
                        .healthCheckEnabled(true)
                        .healthCheckProtocol(check.protocol())
                        .healthCheckPort(check.port())
                        .healthCheckPath(check.path())
                        .healthCheckIntervalSeconds(check.interval())
                        .healthCheckTimeoutSeconds(check.timeout())
                        .healthyThresholdCount(check.healthy())
                        .unhealthyThresholdCount(check.unhealthy())
                        .matcher(codes(check))
                        .tags(BalancingTags.sdk(given)))
            .targetGroups()
            .getFirst();
    delay(created.targetGroupArn(), desired.deregistrationDelay());
    return row(created, desired.deregistrationDelay(), new TreeMap<>(), given);
  }

  private static Matcher codes(HealthCheck check) {
    return Matcher.builder().httpCode(check.codes()).build();
  }

  private void delay(String arn, int seconds) {
    elb.modifyTargetGroupAttributes(
        request ->
            request
                .targetGroupArn(arn)
                .attributes(delay -> delay.key(DELAY).value(String.valueOf(seconds))));
  }

  @Override
  public TargetGroup update(
      TargetGroup actual, TargetGroupDesired desired, List<Difference> changes) {
    TargetGroup changed = actual;
    for (Difference change : changes) {
      if (change.field().equals(TargetGroupRules.HEALTH_CHECK)) {
        check(actual.id(), desired.healthCheck());
        changed = changed.withSettings(desired.healthCheck(), changed.deregistrationDelay());
      } else if (change.field().equals(TargetGroupRules.DEREGISTRATION_DELAY)) {
        delay(actual.id(), desired.deregistrationDelay());
        changed = changed.withSettings(changed.healthCheck(), desired.deregistrationDelay());
      }
    }
    return changed;
  }

  private void check(String arn, HealthCheck check) {
    elb.modifyTargetGroup(
        request ->
            request
                .targetGroupArn(arn)
                .healthCheckEnabled(true)
                .healthCheckProtocol(check.protocol())
                .healthCheckPort(check.port())
                .healthCheckPath(check.path())
                .healthCheckIntervalSeconds(check.interval())
                .healthCheckTimeoutSeconds(check.timeout())
                .healthyThresholdCount(check.healthy())
                .unhealthyThresholdCount(check.unhealthy())
                .matcher(codes(check)));
  }

  @Override
  public TargetGroup tag(TargetGroup actual, Map<String, String> set) {
    tags.set(actual.id(), set);
    return actual.withTags(Tags.with(actual.tags(), set));
  }

  @Override
  public TargetGroup untag(TargetGroup actual, List<String> keys) {
    tags.remove(actual.id(), keys);
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  @Override
  public Optional<TargetGroup> delete(TargetGroup actual, Disposal disposal) {
    try {
      elb.deleteTargetGroup(request -> request.targetGroupArn(actual.id()));
    } catch (TargetGroupNotFoundException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
