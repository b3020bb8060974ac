package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudFailure.Kind;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.tracing.Origin;
import io.highlyavailable.operator.tracing.SpanProbe;
import io.highlyavailable.operator.tracing.Tracing;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class ActionQueueTest {
  private static final AppKey SHOP = new AppKey("prod", "shop");
  private static final ComponentName NAME = new ComponentName("thing");
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private final SpanProbe probe = new SpanProbe();
  private final FakeClock clock = new FakeClock();
  private final FakeWakeups wakeups = new FakeWakeups();
  private final FakeAdapter cloud = new FakeAdapter("fake");
  private final CallBudget budget = new CallBudget(1000, 1000, clock);
  private final CloudKind<String, FakeThing> kind = kind("thing", cloud, clock);
  private final Deque<Runnable> started = new ArrayDeque<>();
  private final ActionQueue queue = queue(started::add, clock);

  private ActionQueue queue(Executor executor, InstantSource time) {
    return new ActionQueue(
        executor, FakeThing::classify, SETTLE, time, new Random(1), wakeups, probe.tracing());
  }

  private CloudKind<String, FakeThing> kind(String name, FakeAdapter adapter, InstantSource time) {
    return FakeThing.kind(new FakeThing.Rules(name, true, false), adapter, SETTLE, time, wakeups);
  }

  private static Action<String, FakeThing> create(String name) {
    return new Action.Create<>(name, name, Map.of());
  }

  private static Action<String, FakeThing> update(FakeThing actual, String state) {
    var change = new Difference("state", state, actual.state(), Difference.Impact.IN_PLACE);
    return new Action.Update<>(actual, state, List.of(change));
  }

  private boolean submit(Action<String, FakeThing> action) {
    return queue.submit(SHOP, kind, budget, action);
  }

  private void run() {
    while (!started.isEmpty()) {
      started.remove().run();
    }
  }

  private void fail(Kind failure, boolean ambiguous) {
    cloud.before =
        call -> {
          if (!call.startsWith("find")) {
            throw new CloudFailureException(FakeThing.failure(failure, ambiguous));
          }
        };
  }

  @Test
  void landsInTheInventoryAndWakesTheApp() {
    assertThat(submit(create("a"))).isTrue();
    assertThat(queue.inFlight(SHOP, NAME)).isTrue();
    run();
    assertThat(kind.inventory().observe("a")).isInstanceOf(Observation.Present.class);
    assertThat(queue.inFlight(SHOP, NAME)).isFalse();
    assertThat(queue.failure(SHOP, NAME)).isEmpty();
    assertThat(wakeups.woken).containsExactly(SHOP);
  }

  @Test
  void startsOneAtATime() {
    assertThat(submit(create("a"))).isTrue();
    assertThat(submit(create("a"))).isFalse();
    run();
    assertThat(cloud.calls).containsExactly("create a");
  }

  private CloudKind<String, FakeThing> nameless() {
    return FakeThing.kind(
        new FakeThing.Rules("nameless", true, false, true), cloud, SETTLE, clock, wakeups);
  }

  @Test
  void aPlanMadeBeforeACreateEndedMakesNoSecondOneOfWhatHasNoName() {
    CloudKind<String, FakeThing> nameless = nameless();
    queue.submit(SHOP, nameless, budget, create("a"));
    run();
    clock.pass(Duration.ofMinutes(1));
    queue.submit(SHOP, nameless, budget, create("a"));
    run();
    assertThat(cloud.calls).containsExactly("create a");
    assertThat(queue.inFlight(SHOP, nameless.component().name())).isFalse();
  }

  @Test
  void whatHasNoNameIsNotCreatedAgainWhileItMayTurnUp() {
    CloudKind<String, FakeThing> nameless = nameless();
    fail(Kind.UNAVAILABLE, true);
    queue.submit(SHOP, nameless, budget, create("a"));
    run();
    clock.pass(SETTLE.minusSeconds(1));
    assertThat(queue.submit(SHOP, nameless, budget, create("a"))).isFalse();
    clock.pass(Duration.ofSeconds(2));
    assertThat(queue.submit(SHOP, nameless, budget, create("a"))).isTrue();
  }

  @Test
  void startsOthersMeanwhile() {
    AppKey other = new AppKey("prod", "other");
    submit(create("a"));
    assertThat(queue.submit(other, kind, budget, create("b"))).isTrue();
    run();
    assertThat(cloud.calls).containsExactly("create a", "create b");
  }

  @Test
  void sendsWhatWasLastDecided() {
    submit(create("a"));
    assertThat(submit(create("b"))).isFalse();
    run();
    assertThat(cloud.calls).containsExactly("create b");
  }

  @Test
  void sendsNothingThatIsNotWantedAnyMore() {
    submit(create("a"));
    queue.settled(SHOP, NAME);
    run();
    submit(create("a"));
    queue.hold(SHOP);
    run();
    assertThat(cloud.calls).isEmpty();
    assertThat(queue.inFlight(SHOP, NAME)).isFalse();
  }

  @Test
  void doesNotSendTwiceWhatWasDroppedAndWantedAgain() {
    submit(create("a"));
    queue.settled(SHOP, NAME);
    assertThat(submit(create("a"))).isTrue();
    run();
    assertThat(cloud.calls).containsExactly("create a");
  }

  @Test
  void waitsBeforeTheSameAgainWhenItFailed() {
    fail(Kind.QUOTA, false);
    submit(create("a"));
    run();
    assertThat(queue.failure(SHOP, NAME)).map(it -> it.kind()).contains(Kind.QUOTA);
    assertThat(wakeups.woken).containsExactly(SHOP);
    assertThat(submit(create("a"))).isFalse();
    assertThat(wakeups.later.get(SHOP)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1010));
    clock.pass(wakeups.later.get(SHOP));
    assertThat(submit(create("a"))).isTrue();
    assertThat(queue.failure(SHOP, NAME)).as("until it is known better").isPresent();
    cloud.before = call -> {};
    run();
    assertThat(queue.failure(SHOP, NAME)).isEmpty();
  }

  @Test
  void waitsLongerEachTimeButAMinuteAtMost() {
    fail(Kind.QUOTA, false);
    for (int i = 0; i < 20; i++) {
      submit(create("a"));
      run();
      submit(create("a"));
      clock.pass(wakeups.later.get(SHOP));
    }
    assertThat(wakeups.later.get(SHOP)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(61));
  }

  @Test
  void startsAnotherActionThanTheFailedOneAtOnce() {
    fail(Kind.INVALID, false);
    submit(create("a"));
    run();
    assertThat(submit(create("b"))).isTrue();
    assertThat(queue.failure(SHOP, NAME)).isEmpty();
  }

  @Test
  void takesTheSameChangeOfAResourceThatLooksDifferentForTheSame() {
    fail(Kind.INVALID, false);
    FakeThing thing = FakeThing.of("a");
    submit(update(thing, "large"));
    run();
    FakeThing changed = new FakeThing("a", "available", Map.of("last-seen", "now"));
    assertThat(submit(update(changed, "large"))).isFalse();
  }

  @Test
  void readsAgainWhatAFailedActionMayHaveChanged() {
    fail(Kind.UNAVAILABLE, true);
    cloud.with(FakeThing.of("a"));
    submit(create("a"));
    run();
    assertThat(cloud.calls).containsExactly("create a", "find a");
    assertThat(kind.inventory().observe("a")).isInstanceOf(Observation.Present.class);
  }

  @Test
  void slowsTheServiceDownWhenItThrottles() {
    fail(Kind.THROTTLED, false);
    submit(create("a"));
    run();
    assertThat(cloud.calls).as("no reading on top").containsExactly("create a");
    assertThat(budget.tryTake()).isPositive();
  }

  @Test
  void pausesBeforeAnActionThatSucceedsAndIsWantedAgain() {
    FakeThing thing = FakeThing.of("a");
    for (int i = 0; i < 10; i++) {
      assertThat(submit(update(thing, "large"))).isTrue();
      run();
      assertThat(submit(update(thing, "large"))).isFalse();
      clock.pass(wakeups.later.get(SHOP));
    }
    assertThat(wakeups.later.get(SHOP)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(11));
    queue.settled(SHOP, NAME);
    assertThat(submit(update(thing, "large"))).as("put back, and drifted again").isTrue();
  }

  @Test
  void forgetsFailuresOnceNothingIsToBeDone() {
    fail(Kind.DENIED, false);
    submit(create("a"));
    run();
    queue.settled(SHOP, NAME);
    assertThat(queue.failure(SHOP, NAME)).isEmpty();
    assertThat(submit(create("a"))).isTrue();
  }

  @Test
  void takesACreateOfUnknownOutcomeForUnderWayUntilItMustHaveShown() {
    fail(Kind.UNAVAILABLE, true);
    submit(create("a"));
    run();
    assertThat(queue.inFlight(SHOP, NAME)).isTrue();
    queue.settled(SHOP, NAME);
    assertThat(queue.inFlight(SHOP, NAME)).isTrue();
    assertThat(wakeups.later.get(SHOP)).isGreaterThanOrEqualTo(SETTLE);
    clock.pass(SETTLE);
    assertThat(queue.inFlight(SHOP, NAME)).isFalse();
    queue.settled(SHOP, NAME);
    assertThat(queue.failure(SHOP, NAME)).isEmpty();
  }

  @Test
  void isNotStuckByABug() {
    cloud.before =
        call -> {
          if (call.startsWith("create")) {
            throw new NoClassDefFoundError("a library's");
          }
        };
    submit(create("a"));
    run();
    assertThat(queue.inFlight(SHOP, NAME)).isFalse();
    assertThat(queue.failure(SHOP, NAME)).isPresent();
    assertThat(wakeups.woken).isNotEmpty();
  }

  @Test
  void doesNotRememberAnAppThatWasForgotten() {
    fail(Kind.DENIED, false);
    submit(create("a"));
    cloud.before =
        call -> {
          queue.forget(SHOP);
          throw FakeThing.thrown(Kind.DENIED);
        };
    run();
    assertThat(queue.failure(SHOP, NAME)).isEmpty();
  }

  @Test
  void setsAndRemovesTags() {
    FakeThing thing = new FakeThing("a", "available", Map.of("old", "1"));
    submit(new Action.Tag<>(thing, Map.of("new", "2"), List.of("old")));
    run();
    assertThat(cloud.calls).containsExactly("tag a", "untag a");
    assertThat(cloud.things.get("a").tags()).isEqualTo(Map.of("new", "2"));
  }

  @Test
  void remembersWhatItDeleted() {
    cloud.with(FakeThing.of("a"));
    kind.inventory().list();
    submit(new Action.Delete<>(FakeThing.of("a"), new Disposal.Delete()));
    run();
    assertThat(kind.inventory().observe("a")).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void anAttemptIsPartOfTheReconciliationThatWantedIt() {
    Tracing tracing = probe.tracing();
    tracing.run(Origin.NONE, "reconcile", span -> submit(create("a")));
    run();

    SpanData attempt = probe.span("create thing");
    assertThat(attempt.getParentSpanId()).isEqualTo(probe.span("reconcile").getSpanId());
    assertThat(SpanProbe.attributes(attempt))
        .containsEntry("k8s.namespace.name", "prod")
        .containsEntry("highlyavailable.app.name", "shop")
        .containsEntry("highlyavailable.component", "thing")
        .containsEntry("highlyavailable.resource", "a")
        .containsEntry("highlyavailable.attempt", 1L)
        .hasSize(5);
  }

  @Test
  void anActionThatWaitsBelongsToWhoeverWantedThisOneFirst() {
    Tracing tracing = probe.tracing();
    tracing.run(Origin.NONE, "first", span -> submit(create("a")));
    tracing.run(Origin.NONE, "again", span -> submit(create("a")));
    run();
    assertThat(probe.span("create thing").getTraceId()).isEqualTo(probe.span("first").getTraceId());

    FakeThing there = cloud.things.get("a");
    tracing.run(Origin.NONE, "other", span -> submit(update(there, "x")));
    tracing.run(Origin.NONE, "latest", span -> submit(update(there, "y")));
    run();
    assertThat(probe.span("update thing").getTraceId())
        .isEqualTo(probe.span("latest").getTraceId());
  }

  @Test
  void anAttemptThatFailsSaysWithWhichCodeAndIsCounted() {
    fail(Kind.INVALID, false);
    submit(create("a"));
    run();
    clock.pass(Duration.ofMinutes(2));
    submit(create("a"));
    run();

    assertThat(probe.spans("create thing"))
        .extracting(span -> SpanProbe.attributes(span).get("highlyavailable.attempt"))
        .containsExactly(1L, 2L);
    SpanData failed = probe.spans("create thing").getFirst();
    assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(SpanProbe.attributes(failed))
        .containsEntry("error.type", FakeThing.failure(Kind.INVALID, false).code());
  }
}
