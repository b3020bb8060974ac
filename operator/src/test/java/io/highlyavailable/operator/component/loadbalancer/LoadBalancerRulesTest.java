package io.highlyavailable.operator.component.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.KnownUpstream;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.model.App;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LoadBalancerRulesTest {
  private final LoadBalancerRules rules = new LoadBalancerRules();

  private Readiness readiness(Set<String> balancers, Set<String> groups) {
    return rules.readiness(new LoadBalancerDesired(), row(balancers, groups));
  }

  private static LoadBalancer row(Set<String> balancers, Set<String> groups) {
    return new LoadBalancer("prod/shop", new TreeSet<>(balancers), new TreeSet<>(groups));
  }

  @Test
  void isWantedOnlyForWhatLooksAtAnAlbIngress() {
    assertThat(rules.wanted(SampleApp.named("shop").build())).isTrue();
    assertThat(rules.wanted(SampleApp.named("shop").alarms(false).build())).isFalse();
    assertThat(rules.wanted(SampleApp.named("shop").exposure(null).build())).isFalse();
    assertThat(rules.wanted(SampleApp.named("shop").className("nginx").build())).isFalse();
    SampleApp scaled =
        SampleApp.named("shop")
            .alarms(false)
            .scale(new App.Scale.Automatic(3, 10, 70, null, Duration.ofMinutes(5), 50));
    assertThat(rules.wanted(scaled.build())).isTrue();
    assertThat(rules.wanted(scaled.className("nginx").build())).isFalse();
  }

  @Test
  void isNamedAfterTheIngress() {
    assertThat(rules.resourceName(SampleApp.named("shop").build(), KnownUpstream.SETTINGS))
        .contains("prod/shop");
  }

  @Test
  void isReadyWithBothParts() {
    assertThat(readiness(Set.of("lb"), Set.of("tg"))).isEqualTo(new Readiness.Ready());
    assertThat(readiness(Set.of("lb"), Set.of())).isInstanceOf(Readiness.Progressing.class);
    assertThat(readiness(Set.of(), Set.of("tg"))).isInstanceOf(Readiness.Progressing.class);
  }

  /** Else the other part would be noticed by the next slow poll only. */
  @Test
  void isInTransitionWhileOnePartIsMissing() {
    assertThat(row(Set.of("lb"), Set.of()).inTransition()).isTrue();
    assertThat(row(Set.of(), Set.of("tg")).inTransition()).isTrue();
    assertThat(row(Set.of("lb"), Set.of("tg")).inTransition()).isFalse();
  }

  @Test
  void doesNotGuessBetweenTwoClustersLoadBalancers() {
    assertThat(readiness(Set.of("lb-1", "lb-2"), Set.of("tg")))
        .isInstanceOf(Readiness.Failed.class);
  }
}
