package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancer;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancerRules;
import io.highlyavailable.operator.kubernetes.AppObjects;
import io.highlyavailable.operator.kubernetes.ScalingState;
import io.highlyavailable.operator.kubernetes.WorkloadInputs;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final Scale.Automatic SCALE = scale(50);
  private static final App SHOP = SampleApp.named("shop").scale(SCALE).build();

  private final FakeClock clock = new FakeClock();
  private final FakeWakeups wakeups = new FakeWakeups();
  private final Map<String, Double> rates = new ConcurrentHashMap<>();
  private final Map<AppKey, HorizontalPodAutoscaler> autoscalers = new ConcurrentHashMap<>();
  private final List<String> read = new ArrayList<>();
  private boolean down;
  private final Traffic traffic = traffic();

  private Traffic traffic() {
    return new Traffic(
        this::read,
        app -> Optional.ofNullable(autoscalers.get(app.key())),
        INTERVAL,
        clock,
        wakeups);
  }

  private static Scale.Automatic scale(Integer requests) {
    return new Scale.Automatic(2, 20, 70, null, Duration.ofMinutes(5), requests);
  }

  private static App app(String name) {
    return SampleApp.named(name).scale(SCALE).build();
  }

  /** The same rate in every minute that has ended. */
  private Map<String, SortedMap<Instant, Double>> read(
      String region, Set<String> balancers, Instant from, Instant to) {
    read.add(region + " " + new TreeSet<>(balancers));
    if (down) {
      throw new IllegalStateException("throttled");
    }
    Map<String, SortedMap<Instant, Double>> found = new TreeMap<>();
    for (String balancer : balancers) {
      if (rates.containsKey(balancer)) {
        SortedMap<Instant, Double> minutes = new TreeMap<>();
        for (Instant at = from; at.isBefore(to); at = at.plusSeconds(60)) {
          minutes.put(at, rates.get(balancer));
        }
        found.put(balancer, minutes);
      }
    }
    return found;
  }

  private static Map<ComponentName, Observation<?>> behind(String... balancers) {
    Set<String> arns = new TreeSet<>();
    for (String balancer : balancers) {
      arns.add("arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/" + balancer);
    }
    LoadBalancer row = new LoadBalancer("prod/shop", new TreeSet<>(arns), new TreeSet<>());
    return Map.of(LoadBalancerRules.NAME, new Observation.Present<>(row));
  }

  /** What a reconciliation makes of it, on the autoscaler. */
  private int reconcile(App app, Map<ComponentName, Observation<?>> seen) {
    return reconcile(traffic, app, seen);
  }

  private int reconcile(Traffic traffic, App app, Map<ComponentName, Observation<?>> seen) {
    int floor = traffic.floor(app, seen);
    for (HasMetadata object : AppObjects.late(app, WorkloadInputs.NONE.withFloor(floor))) {
      if (object instanceof HorizontalPodAutoscaler autoscaler) {
        autoscalers.put(app.key(), autoscaler);
      }
    }
    return autoscalers.get(app.key()).getSpec().getMinReplicas();
  }

  @Test
  void wakesAnAppWhoseTrafficNeedsMoreAndThenLetsItBe() {
    assertThat(reconcile(SHOP, behind("app/a/1"))).isEqualTo(2);
    rates.put("app/a/1", 240.0);
    traffic.turn();
    assertThat(wakeups.woken).containsExactly(SHOP.key());
    assertThat(reconcile(SHOP, behind("app/a/1"))).isEqualTo(5);

    clock.pass(INTERVAL);
    traffic.turn();
    assertThat(wakeups.woken).hasSize(1);
    assertThat(read).containsExactly("us-east-1 [app/a/1]", "us-east-1 [app/a/1]");
  }

  @Test
  void anAutoscalerOfAnAppThatIsNotScaledOnTrafficIsLeftAlone() {
    App other = SampleApp.named("other").scale(scale(null)).build();
    App fixed = SampleApp.named("fixed").build();
    App foreign = SampleApp.named("foreign").scale(SCALE).className("nginx").build();
    App instances = SampleApp.named("instances").scale(SCALE).instances().build();
    for (App app : List.of(other, fixed, foreign, instances)) {
      assertThat(traffic.floor(app, behind("app/a/1"))).isZero();
    }
    traffic.turn();
    assertThat(read).isEmpty();
  }

  @Test
  void readsARegionAtOnceAndEachAppOnceAnInterval() {
    reconcile(app("a"), behind("app/a/1"));
    reconcile(app("b"), behind("app/b/1"));
    traffic.turn();
    clock.pass(INTERVAL.minusSeconds(1));
    traffic.turn();
    assertThat(read).containsExactly("us-east-1 [app/a/1, app/b/1]");
    clock.pass(Duration.ofSeconds(1));
    traffic.turn();
    assertThat(read).hasSize(2);
  }

  @Test
  void aNewAppDoesNotWaitForTheOthers() {
    reconcile(app("a"), behind("app/a/1"));
    traffic.turn();
    reconcile(app("b"), behind("app/b/1"));
    traffic.turn();
    assertThat(read).containsExactly("us-east-1 [app/a/1]", "us-east-1 [app/b/1]");
  }

  @Test
  void readsNothingOfAnAppWithoutOneLoadBalancer() {
    reconcile(app("none"), Map.of());
    reconcile(app("unknown"), Map.of(LoadBalancerRules.NAME, new Observation.Unknown<>("later")));
    reconcile(app("several"), behind("app/a/1", "app/b/1"));
    reconcile(app("gone"), behind("app/c/1"));
    traffic.forget(app("gone").key());
    traffic.turn();
    assertThat(read).isEmpty();
  }

  @Test
  void holdsTheFloorWhileItCannotReadAndSaysSo() {
    rates.put("app/a/1", 240.0);
    reconcile(SHOP, behind("app/a/1"));
    traffic.turn();
    reconcile(SHOP, behind("app/a/1"));
    down = true;
    for (int minute = 0; minute < 7; minute++) {
      clock.pass(INTERVAL);
      traffic.turn();
    }
    assertThat(wakeups.woken).hasSizeGreaterThan(1);
    assertThat(reconcile(SHOP, behind("app/a/1"))).isEqualTo(5);
    assertThat(state().orElseThrow().message()).contains("the floor of 5 replicas is held");

    down = false;
    rates.put("app/a/1", 10.0);
    clock.pass(INTERVAL);
    traffic.turn();
    assertThat(reconcile(SHOP, behind("app/a/1"))).isEqualTo(2);
    assertThat(state().orElseThrow().message()).isEmpty();
  }

  private Optional<ScalingState> state() {
    autoscalers.computeIfPresent(
        SHOP.key(),
        (key, autoscaler) ->
            new HorizontalPodAutoscalerBuilder(autoscaler)
                .withNewStatus()
                .addNewCondition()
                .withType("AbleToScale")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build());
    return traffic.state(SHOP);
  }

  @Test
  void afterARestartBeginsFromTheFloorThatIsThere() {
    rates.put("app/a/1", 240.0);
    reconcile(SHOP, behind("app/a/1"));
    traffic.turn();
    reconcile(SHOP, behind("app/a/1"));

    Traffic restarted = traffic();
    rates.clear();
    assertThat(reconcile(restarted, SHOP, behind("app/a/1"))).isEqualTo(5);
    restarted.turn();
    assertThat(reconcile(restarted, SHOP, behind("app/a/1"))).isEqualTo(5);
  }

  @Test
  void anotherLoadBalancerHasTrafficOfItsOwn() {
    rates.put("app/a/1", 10.0);
    reconcile(SHOP, behind("app/a/1"));
    traffic.turn();
    read.clear();
    reconcile(SHOP, behind("app/b/2"));
    traffic.turn();
    assertThat(read).containsExactly("us-east-1 [app/b/2]");
  }

  @Test
  void aLowerMinimumOfTheSpecIsFollowedAtOnce() {
    App more =
        SampleApp.named("shop")
            .scale(new Scale.Automatic(6, 20, 70, null, Duration.ofMinutes(5), 50))
            .build();
    assertThat(reconcile(more, behind("app/a/1"))).isEqualTo(6);
    assertThat(reconcile(SHOP, behind("app/a/1"))).isEqualTo(2);
  }

  @Test
  void saysNothingOfAnAppWithoutAnAutoscaler() {
    assertThat(traffic.state(SampleApp.named("fixed").build())).isEmpty();
    assertThat(traffic.state(SHOP)).isEmpty();
  }

  @Test
  void looksByItselfUntilItIsClosed() {
    Traffic busy =
        new Traffic(
            this::read, app -> Optional.empty(), Duration.ofMillis(1), clock, new FakeWakeups());
    busy.floor(SHOP, behind("app/a/1"));
    busy.start();
    await().until(() -> !read.isEmpty());
    busy.close();
  }
}
