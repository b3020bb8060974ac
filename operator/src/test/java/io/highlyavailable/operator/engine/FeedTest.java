package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.tracing.Tracing;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two components made of the same kind of resource: one listing serves both. */
class FeedTest {
  private static final AppKey SHOP = new AppKey("prod", "shop");
  private static final ComponentName ONE = new ComponentName("one");

  private final FakeClock clock = new FakeClock();
  private final FakeWakeups wakeups = new FakeWakeups();
  private final FakeAdapter cloud = new FakeAdapter("fake");
  private final Inventory<FakeThing> inventory =
      new Inventory<>(cloud, FakeThing::classify, clock, Duration.ofSeconds(60));
  private final Feed<FakeThing> feed = new Feed<>(inventory, wakeups);
  private final CloudKind<String, FakeThing> one = kind("one");
  private final CloudKind<String, FakeThing> two = kind("two");
  private final Poller<FakeThing> poller =
      new Poller<>(
          feed,
          new CloudSettings(
              Duration.ofSeconds(5),
              Duration.ofSeconds(30),
              Duration.ofSeconds(10),
              Duration.ofSeconds(60),
              1000),
          new CallBudget(1000, 1000, clock),
          clock,
          new Random(1),
          Tracing.OFF);

  private CloudKind<String, FakeThing> kind(String name) {
    return new CloudKind<>(new FakeThing.Rules(name, true, false), cloud, feed);
  }

  @Test
  void showsEachComponentItsOwnRowOfOneListing() throws InterruptedException {
    cloud.with(FakeThing.of("a"), FakeThing.of("b"));
    one.observe(SHOP, "a");
    two.observe(SHOP, "b");
    poller.turn();
    assertThat(one.observe(SHOP, "a")).isEqualTo(new Observation.Present<>(FakeThing.of("a")));
    assertThat(two.observe(SHOP, "b")).isEqualTo(new Observation.Present<>(FakeThing.of("b")));
    assertThat(cloud.count("list")).isEqualTo(1);
  }

  @Test
  void wakesAnAppThatIsStillInterestedInTheOther() throws InterruptedException {
    one.observe(SHOP, "a");
    two.observe(SHOP, "b");
    poller.turn();
    one.forget(SHOP);
    wakeups.woken.clear();
    cloud.with(FakeThing.of("a"));
    clock.pass(Duration.ofMinutes(1));
    poller.turn();
    assertThat(wakeups.woken).isEmpty();
    cloud.with(FakeThing.of("b"));
    clock.pass(Duration.ofMinutes(1));
    poller.turn();
    assertThat(wakeups.woken).containsExactly(SHOP);
  }

  @Test
  void restsWhenNobodyIsInterestedInAny() throws InterruptedException {
    one.observe(SHOP, "a");
    feed.forget(SHOP, ONE);
    poller.turn();
    assertThat(cloud.calls).isEmpty();
  }
}
