package io.highlyavailable.operator.component.targetgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.network.Subnet;
import io.highlyavailable.operator.component.targetgroup.TargetGroup.HealthCheck;
import io.highlyavailable.operator.component.targetgroup.TargetGroup.Place;
import io.highlyavailable.operator.component.targetgroup.TargetGroup.Target;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TargetGroupRulesTest {
  private static final String ELB = "arn:aws:elasticloadbalancing:us-east-1:123456789012:";

  private final TargetGroupRules rules = new TargetGroupRules();
  private final App app = SampleApp.named("shop").instances().build();

  private static Network network() {
    return new Network(
        "vpc-1",
        "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1",
        List.of(new Subnet("subnet-1", "us-east-1a", true, false)));
  }

  private TargetGroupDesired desired(App of) {
    return switch (rules.desired(of, new KnownUpstream().ready(network()))) {
      case Desired.Known<TargetGroupDesired>(TargetGroupDesired known) -> known;
      case Desired<TargetGroupDesired> other -> throw new AssertionError(other);
    };
  }

  private TargetGroup row(Map<String, Target> targets) {
    TargetGroupDesired wanted = desired(app);
    return new TargetGroup(
        wanted.name(),
        ELB + "targetgroup/" + wanted.name() + "/73e2d6bc24d8a067",
        wanted.place(),
        wanted.healthCheck(),
        wanted.deregistrationDelay(),
        new TreeMap<>(targets),
        Map.of());
  }

  private static Target target(String state) {
    return new Target(state, "");
  }

  @Test
  void onlyInstancesBehindALoadBalancerNeedOne() {
    assertThat(rules.wanted(app)).isTrue();
    assertThat(rules.wanted(SampleApp.named("shop").build())).isFalse();
    assertThat(rules.wanted(SampleApp.named("shop").instances().exposure(null).build())).isFalse();
  }

  @Test
  void itsNameIsShortEnoughForElasticLoadBalancing() {
    App longest = SampleApp.named("a-name-that-is-longer-than-fifteen-characters").build();
    assertThat(rules.resourceName(longest, KnownUpstream.SETTINGS).orElseThrow())
        .matches("ha-a-name-that-is-[a-z2-7]{13}")
        .hasSizeLessThanOrEqualTo(32);
  }

  @Test
  void asksInstancesAsPodsAreAsked() {
    TargetGroupDesired wanted = desired(app);
    assertThat(wanted.place()).isEqualTo(new Place("vpc-1", "instance", "HTTP", 8080));
    assertThat(wanted.healthCheck())
        .isEqualTo(new HealthCheck("HTTP", "traffic-port", "/", 10, 5, 2, 2, "200-399"));
    assertThat(wanted.deregistrationDelay()).isEqualTo(30);
  }

  @Test
  void waitsForTheNetwork() {
    assertThat(rules.desired(app, new KnownUpstream())).isInstanceOf(Desired.Waiting.class);
  }

  /** The port of a target group is fixed, so it is not the container's. */
  @Test
  void whatIsFixedIsRefusedAndTheRestChangedInPlace() {
    TargetGroup other =
        new TargetGroup(
            "x",
            "arn",
            new Place("vpc-2", "ip", "HTTPS", 80),
            new HealthCheck("HTTP", "traffic-port", "/x", 10, 5, 2, 2, "200"),
            300,
            new TreeMap<>(),
            Map.of());
    assertThat(rules.differences(desired(app), other))
        .extracting(Difference::field, Difference::impact)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("vpcId", Impact.REPLACING),
            org.assertj.core.groups.Tuple.tuple("targetType", Impact.REPLACING),
            org.assertj.core.groups.Tuple.tuple("protocol", Impact.REPLACING),
            org.assertj.core.groups.Tuple.tuple("port", Impact.REPLACING),
            org.assertj.core.groups.Tuple.tuple("healthCheck", Impact.IN_PLACE),
            org.assertj.core.groups.Tuple.tuple("deregistrationDelay", Impact.IN_PLACE));
  }

  @Test
  void countsThoseThatAreAsked() {
    TargetGroup group =
        row(
            Map.of(
                "i-1", target("healthy"),
                "i-2", new Target("unhealthy", "Target.Timeout"),
                "i-3", target("initial"),
                "i-4", target("draining")));
    assertThat(group.state()).isEqualTo("1/3 healthy");
    assertThat(group.healthy()).isOne();
    assertThat(group.registered()).isEqualTo(3);
    assertThat(group.unsettled()).isTrue();
    assertThat(group.inTransition()).isFalse();
    assertThat(rules.remark(group)).isEqualTo("unhealthy: i-2 Target.Timeout");
    assertThat(row(Map.of()).state()).isEqualTo("no targets");
    assertThat(rules.remark(row(Map.of()))).isEmpty();
    assertThat(row(Map.of("i-1", target("healthy"))).unsettled()).isFalse();
  }

  /** As PredefinedMetricSpecification of Application Auto Scaling's and EC2's API has it. */
  @Test
  void namesTheMetricOfItsRequests() {
    assertThat(row(Map.of()).requestCountLabel(ELB + "loadbalancer/app/ha-shop-x/50dc6c495c0c9188"))
        .isEqualTo(
            "app/ha-shop-x/50dc6c495c0c9188/targetgroup/"
                + desired(app).name()
                + "/73e2d6bc24d8a067");
  }
}
