package io.highlyavailable.operator.component.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer;
import io.highlyavailable.operator.component.loadbalancer.Front;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancer;
import io.highlyavailable.operator.component.targetgroup.TargetGroup;
import io.highlyavailable.operator.model.App;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which load balancer is watched. */
class FrontTest {
  private static final String ELB = "arn:aws:elasticloadbalancing:us-east-1:1:";
  private static final String OWN = ELB + "loadbalancer/app/ha-shop/1";
  private static final String OWN_TARGETS = ELB + "targetgroup/ha-shop/2";

  private static final LoadBalancer OF_THE_INGRESS =
      new LoadBalancer(
          "prod/shop",
          new TreeSet<>(Set.of(ELB + "loadbalancer/app/k8s-shop/3")),
          new TreeSet<>(Set.of(ELB + "targetgroup/k8s-shop/4")));

  private final App instances = SampleApp.named("shop").instances().build();

  private static KnownUpstream both() {
    return new KnownUpstream().ready(OF_THE_INGRESS).ready(own()).ready(targets());
  }

  private static AppLoadBalancer own() {
    return new AppLoadBalancer(
        "ha-shop",
        OWN,
        new AppLoadBalancer.Status("active", ""),
        new AppLoadBalancer.Address("x.elb.amazonaws.com", "Z1"),
        new AppLoadBalancer.Place("internal", "vpc-1", new TreeSet<>(), new TreeSet<>()),
        new TreeMap<>(),
        new TreeMap<>(),
        "",
        Map.of());
  }

  private static TargetGroup targets() {
    return new TargetGroup(
        "ha-shop",
        OWN_TARGETS,
        new TargetGroup.Place("vpc-1", "instance", "HTTP", 8080),
        new TargetGroup.HealthCheck("HTTP", "traffic-port", "/", 10, 5, 2, 2, "200-399"),
        30,
        new TreeMap<>(),
        Map.of());
  }

  @Test
  void instancesHaveOneOfTheirOwnAndPodsTheirIngresss() {
    assertThat(Front.of(instances, both())).contains(new Front(OWN, OWN_TARGETS));
    assertThat(Front.of(SampleApp.named("shop").build(), both()))
        .contains(new Front(ELB + "loadbalancer/app/k8s-shop/3", ELB + "targetgroup/k8s-shop/4"));
  }

  @Test
  void thatOfInstancesIsWatchedWhateverTheClassOfIngresses() {
    assertThat(Front.watchable(instances)).isTrue();
    assertThat(Front.watchable(SampleApp.named("shop").className("nginx").build())).isFalse();
    assertThat(Front.watchable(SampleApp.named("shop").instances().exposure(null).build()))
        .isFalse();
  }

  @Test
  void alarmsNameBothOfItsParts() {
    var rules = new AlarmSetRules();
    App app = SampleApp.named("shop").instances().sessionStore(null).build();
    var known = (Desired.Known<AlarmSetDesired>) rules.desired(app, both());
    assertThat(known.state().undecided()).isEmpty();
    assertThat(known.state().alarms().get(app.resourceName() + "-unhealthy-targets").metric())
        .isEqualTo(
            new Metric.Single(
                "AWS/ApplicationELB",
                "UnHealthyHostCount",
                new TreeMap<>(
                    Map.of(
                        "LoadBalancer", "app/ha-shop/1", "TargetGroup", "targetgroup/ha-shop/2")),
                "Maximum",
                60));
    assertThat(rules.wanted(app)).isTrue();
  }

  @Test
  void whileItIsNotThereNothingIsSaidOfItsAlarms() {
    App app = SampleApp.named("shop").instances().sessionStore(null).build();
    var known =
        (Desired.Known<AlarmSetDesired>) new AlarmSetRules().desired(app, new KnownUpstream());
    assertThat(known.state().undecided()).containsValue("the load balancer").hasSize(6);
  }
}
