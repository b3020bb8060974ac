package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.tracing.SpanProbe;
import io.highlyavailable.operator.tracing.Tracing;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollerTest {
  private static final Duration FAST = Duration.ofSeconds(5);
  private static final Duration SLOW = Duration.ofSeconds(30);
  private static final Duration AUDIT = Duration.ofSeconds(10);
  private static final CloudSettings SETTINGS =
      new CloudSettings(FAST, SLOW, AUDIT, Duration.ofSeconds(60), 1000);
  private static final AppKey SHOP = new AppKey("prod", "shop");

  private final SpanProbe probe = new SpanProbe();
  private final FakeClock clock = new FakeClock();
  private final FakeWakeups wakeups = new FakeWakeups();
  private final FakeAdapter cloud = new FakeAdapter("fake");
  private CloudKind<String, FakeThing> kind = kind(true, wakeups, clock);
  private Poller<FakeThing> poller = poller();

  private CloudKind<String, FakeThing> kind(boolean managed, Wakeups who, InstantSource time) {
    return FakeThing.kind(
        new FakeThing.Rules("thing", managed, false), cloud, SETTINGS.settleWindow(), time, who);
  }

  private Poller<FakeThing> poller() {
    return new Poller<>(
        kind.feed(),
        SETTINGS,
        new CallBudget(1000, 1000, clock),
        clock,
        new Random(1),
        probe.tracing());
  }

  private void interest(String... names) {
    for (String name : names) {
      kind.observe(new AppKey("prod", name), name);
    }
  }

  /** Turns as the thread would, for so long. */
  private int turnFor(Duration time) throws InterruptedException {
    Instant end = clock.instant().plus(time);
    int turns = 0;
    while (clock.instant().isBefore(end)) {
      Duration wait = poller.turn();
      turns++;
      Duration left = Duration.between(clock.instant(), end);
      clock.pass(wait.compareTo(left) < 0 ? wait : left);
    }
    return turns;
  }

  private void failing(String prefix, Kind failure) {
    cloud.before =
        call -> {
          if (call.startsWith(prefix)) {
            throw FakeThing.thrown(failure);
          }
        };
  }

  @Test
  void makesNoCallWhileNobodyIsInterested() throws InterruptedException {
    assertThat(turnFor(Duration.ofHours(10))).isEqualTo(10);
    assertThat(cloud.calls).isEmpty();
  }

  @Test
  void listsOnceForAllAndThenSlowly() throws InterruptedException {
    interest("a", "b", "c");
    poller.turn();
    assertThat(cloud.calls).containsExactly("list");
    turnFor(Duration.ofMinutes(10));
    assertThat(cloud.count("list")).isBetween(18L, 21L);
  }

  @Test
  void callsDoNotDependOnTheNumberOfApps() throws InterruptedException {
    cloud.namesOnly = true;
    for (int i = 0; i < 100; i++) {
      cloud.with(FakeThing.of("a" + i));
      interest("a" + i);
    }
    turnFor(Duration.ofSeconds(1));
    cloud.calls.clear();
    turnFor(Duration.ofMinutes(10));
    assertThat(cloud.count("list")).isBetween(18L, 21L);
    assertThat(cloud.count("find")).isBetween(50L, 61L);
  }

  @Test
  void listsFastWhileSomethingIsInTransition() throws InterruptedException {
    cloud.with(FakeThing.of("a").in("creating"));
    interest("a");
    turnFor(Duration.ofMinutes(1));
    assertThat(cloud.count("list")).isBetween(11L, 13L);
    cloud.with(FakeThing.of("a"));
    turnFor(FAST.plusSeconds(1));
    cloud.calls.clear();
    turnFor(SLOW.minus(FAST));
    assertThat(cloud.count("list")).isLessThanOrEqualTo(1);
  }

  @Test
  void listsSlowlyWhateverIsInTransitionOfOthers() throws InterruptedException {
    cloud.with(FakeThing.of("other").in("creating"));
    interest("a");
    turnFor(Duration.ofMinutes(1));
    assertThat(cloud.count("list")).isLessThanOrEqualTo(3);
  }

  @Test
  void listsFastWhileWhatOthersMakeIsNotThere() throws InterruptedException {
    kind = kind(false, wakeups, clock);
    poller = poller();
    interest("a");
    turnFor(Duration.ofMinutes(1));
    assertThat(cloud.count("list")).isBetween(11L, 13L);
    cloud.with(FakeThing.of("a"));
    turnFor(FAST.plusSeconds(1));
    cloud.calls.clear();
    turnFor(Duration.ofMinutes(1));
    assertThat(cloud.count("list")).isLessThanOrEqualTo(3);
  }

  @Test
  void backsOffWhenListingFailsEvenWithSomethingInTransition() throws InterruptedException {
    cloud.with(FakeThing.of("a").in("creating"));
    interest("a");
    turnFor(Duration.ofSeconds(1));
    failing("list", Kind.THROTTLED);
    cloud.calls.clear();
    turnFor(Duration.ofMinutes(5));
    assertThat(cloud.count("list")).isBetween(10L, 25L);
    cloud.before = call -> {};
    cloud.with(FakeThing.of("a"));
    turnFor(SLOW.plusSeconds(1));
    assertThat(kind.inventory().observe("a"))
        .isEqualTo(new Observation.Present<>(FakeThing.of("a")));
  }

  @Test
  void triesTheFirstListingAgainSoon() throws InterruptedException {
    failing("list", Kind.UNAVAILABLE);
    interest("a");
    turnFor(Duration.ofSeconds(10));
    assertThat(cloud.count("list")).isBetween(2L, 5L);
  }

  @Test
  void readsEverythingNewAtOnceAndThenOneAtATime() throws InterruptedException {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of("a"), FakeThing.of("b"), FakeThing.of("c"));
    interest("a", "b", "c");
    turnFor(Duration.ofSeconds(1));
    assertThat(cloud.calls).containsExactly("list", "find a", "find b", "find c");
    cloud.calls.clear();
    turnFor(Duration.ofSeconds(34));
    assertThat(cloud.calls.stream().filter(call -> call.startsWith("find")))
        .containsExactly("find a", "find b", "find c");
  }

  @Test
  void oneThatCannotBeReadDoesNotKeepTheOthersWaiting() throws InterruptedException {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of("a"), FakeThing.of("b"), FakeThing.of("c"));
    failing("find a", Kind.DENIED);
    interest("a", "b", "c");
    turnFor(Duration.ofMillis(300));
    assertThat(cloud.calls).containsExactly("list", "find a", "find b", "find c");
    assertThat(kind.inventory().failure("b")).isEmpty();
  }

  @Test
  void readsAgainSoonWhatCouldNotBeReadTheFirstTime() throws InterruptedException {
    cloud.namesOnly = true;
    for (int i = 0; i < 100; i++) {
      cloud.with(FakeThing.of("a" + i));
      interest("a" + i);
    }
    failing("find a7", Kind.UNAVAILABLE);
    turnFor(Duration.ofMillis(500));
    assertThat(kind.inventory().failure("a7")).isPresent();
    cloud.before = call -> {};
    turnFor(Duration.ofSeconds(3));
    assertThat(kind.inventory().failure("a7")).isEmpty();
    assertThat(kind.inventory().observe("a7")).isInstanceOf(Observation.Present.class);
  }

  @Test
  void neverSpinsWhateverFails() throws InterruptedException {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of("a"), FakeThing.of("b"), FakeThing.of("c").in("creating"));
    failing("find", Kind.DENIED);
    interest("a", "b", "c", "d");
    turnFor(Duration.ofMinutes(10));
    assertThat(cloud.count("find")).isLessThan(3 * 25);
    failing("", Kind.UNAVAILABLE);
    cloud.calls.clear();
    int turns = turnFor(Duration.ofMinutes(10));
    assertThat(cloud.count("list")).isLessThan(45);
    assertThat(cloud.count("find")).as("until the listing fails too").isLessThan(10);
    assertThat(turns).isLessThan(200);
  }

  @Test
  void looksAtOnceWhenAskedButNotMoreOftenThanAnybodyNotices() throws InterruptedException {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of("shop"), FakeThing.of("b"));
    interest("shop", "b");
    turnFor(Duration.ofSeconds(2));
    cloud.calls.clear();
    kind.refresh(SHOP);
    poller.turn();
    poller.turn();
    assertThat(cloud.calls).containsExactly("list", "find shop");
    for (int i = 0; i < 1000; i++) {
      kind.refresh(SHOP);
      poller.turn();
      clock.pass(Duration.ofMillis(1));
    }
    assertThat(cloud.count("list")).isBetween(4L, 6L);
  }

  @Test
  void forgetsWhatItSawBeforeARest() throws InterruptedException {
    cloud.with(FakeThing.of("a"));
    interest("a");
    poller.turn();
    kind.forget(new AppKey("prod", "a"));
    clock.pass(Duration.ofMinutes(2));
    poller.turn();
    cloud.things.clear();
    interest("a");
    assertThat(kind.inventory().observe("a")).isInstanceOf(Observation.Unknown.class);
    poller.turn();
    assertThat(kind.inventory().observe("a")).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void wakesOnlyThoseWhomItConcerns() throws InterruptedException {
    cloud.with(FakeThing.of("a"), FakeThing.of("b"));
    interest("a", "b");
    poller.turn();
    assertThat(wakeups.woken)
        .containsExactlyInAnyOrder(new AppKey("prod", "a"), new AppKey("prod", "b"));
    wakeups.woken.clear();
    cloud.with(FakeThing.of("a").in("modifying"), FakeThing.of("c"));
    turnFor(SLOW.plusSeconds(5));
    assertThat(wakeups.woken).containsOnly(new AppKey("prod", "a"));
  }

  @Test
  void goesOnAfterAFaultOfOurs() throws InterruptedException {
    AtomicInteger woken = new AtomicInteger();
    Wakeups broken =
        new Wakeups() {
          @Override
          public void wake(AppKey app) {
            if (woken.incrementAndGet() == 1) {
              throw new IllegalStateException("not started");
            }
          }

          @Override
          public void wakeAfter(AppKey app, Duration delay) {}
        };
    InstantSource time = InstantSource.system();
    CloudSettings quick =
        new CloudSettings(
            Duration.ofMillis(10), Duration.ofMillis(20), AUDIT, Duration.ofSeconds(60), 1000);
    kind = kind(true, broken, time);
    interest("a");
    Thread thread =
        Thread.ofVirtual()
            .start(
                new Poller<>(
                    kind.feed(),
                    quick,
                    new CallBudget(1000, 1000, time),
                    time,
                    new Random(1),
                    Tracing.OFF));
    await().until(() -> cloud.count("list") > 0);
    cloud.with(FakeThing.of("a"));
    await().until(() -> woken.get() > 1);
    thread.interrupt();
    thread.join();
  }

  @Test
  void eachListingAndEachReadingIsATraceOfItsOwn() throws InterruptedException {
    cloud.namesOnly = true;
    cloud.with(FakeThing.of("shop"));
    interest("shop");
    turnFor(Duration.ofSeconds(3));

    SpanData listing = probe.spans("list " + kind.feed().title()).getFirst();
    SpanData reading = probe.spans("read " + kind.feed().title()).getFirst();
    assertThat(listing.getParentSpanContext().isValid()).isFalse();
    assertThat(reading.getParentSpanContext().isValid()).isFalse();
    assertThat(SpanProbe.attributes(reading)).containsEntry("highlyavailable.resource", "shop");
  }

  @Test
  void aListingThatFailsSaysWithWhichCode() throws InterruptedException {
    cloud.before =
        call -> {
          throw FakeThing.thrown(Kind.DENIED);
        };
    interest("shop");
    poller.turn();
    assertThat(SpanProbe.attributes(probe.span("list " + kind.feed().title())))
        .containsEntry("error.type", FakeThing.failure(Kind.DENIED, false).code());
  }
}
