package io.highlyavailable.operator.component.instancegroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer;
import io.highlyavailable.operator.component.launchtemplate.Blueprint;
import io.highlyavailable.operator.component.launchtemplate.LaunchTemplate;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.targetgroup.TargetGroup;
import io.highlyavailable.operator.model.App;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Scaling on the requests that the load balancer counts. */
class RequestsPolicyTest {
  private static final String ELB = "arn:aws:elasticloadbalancing:us-east-1:1:";

  private final InstanceGroupRules rules = new InstanceGroupRules();

  private static App app(App.Scale scale) {
    App app = SampleApp.named("shop").instances().build();
    return Records.with(app, "workload", Records.with(app.workload(), "scale", scale));
  }

  private static App.Scale requests() {
    return new App.Scale.Automatic(3, 6, null, null, Duration.ofSeconds(300), 50);
  }

  private static Observation<AppLoadBalancer> balancer(String state) {
    return new Observation.Present<>(
        new AppLoadBalancer(
            "ha-shop",
            ELB + "loadbalancer/app/ha-shop/1",
            new AppLoadBalancer.Status(state, ""),
            new AppLoadBalancer.Address("x", "Z"),
            new AppLoadBalancer.Place("internal", "vpc-1", new TreeSet<>(), new TreeSet<>()),
            new TreeMap<>(),
            new TreeMap<>(),
            "",
            Map.of()));
  }

  private Desired<InstanceGroupDesired> desired(App app, Observation<?> balancer) {
    TargetGroup targets =
        new TargetGroup(
            "ha-shop",
            ELB + "targetgroup/ha-shop/2",
            new TargetGroup.Place("vpc-1", "instance", "HTTP", 8080),
            new TargetGroup.HealthCheck("HTTP", "traffic-port", "/", 10, 5, 2, 2, "200-399"),
            30,
            new TreeMap<>(),
            Map.of());
    return rules.desired(
        app,
        new KnownUpstream()
            .ready(new Network("vpc-1", "arn", List.of()))
            .ready(Compute.LAUNCH_TEMPLATE, template())
            .ready(Compute.TARGET_GROUP, targets)
            .observed(Compute.BALANCER, balancer));
  }

  private static LaunchTemplate template() {
    Blueprint blueprint =
        new Blueprint("ami", "t4g.medium", "profile", new TreeSet<>(), 20, "", Map.of(), true);
    return new LaunchTemplate("x", "arn", "lt-1", 1, blueprint, 1, blueprint, Map.of());
  }

  private static List<Tracking> policies(Desired<InstanceGroupDesired> desired) {
    return List.copyOf(((Desired.Known<InstanceGroupDesired>) desired).state().policies());
  }

  /** The metric counts a minute; PredefinedMetricSpecification says how it is named. */
  @Test
  void followsTheRequestsOfItsOwnLoadBalancer() {
    App app = app(requests());
    assertThat(policies(desired(app, balancer("active"))))
        .containsExactly(
            new Tracking(
                app.resourceName() + "-requests",
                "ALBRequestCountPerTarget",
                "app/ha-shop/1/targetgroup/ha-shop/2",
                3000));
  }

  /** The instances are made without waiting for it. */
  @Test
  void beginsWhenTheLoadBalancerIsSetUp() {
    App app = app(requests());
    assertThat(policies(desired(app, balancer("provisioning")))).isEmpty();
    assertThat(policies(desired(app, new Observation.Absent<>()))).isEmpty();
    assertThat(desired(app, new Observation.Unknown<>("not read yet")))
        .isInstanceOf(Desired.Waiting.class);
  }

  @Test
  void isThereOnlyWhereItIsAskedFor() {
    App cpu = app(new App.Scale.Automatic(3, 6, 70, null, Duration.ofSeconds(300)));
    assertThat(policies(desired(cpu, balancer("active"))))
        .extracting(Tracking::metric)
        .containsExactly(Tracking.CPU);
    assertThat(policies(desired(app(new App.Scale.Fixed(3)), balancer("active")))).isEmpty();
  }
}
