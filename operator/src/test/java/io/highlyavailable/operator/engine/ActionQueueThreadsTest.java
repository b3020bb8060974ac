package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.tracing.Tracing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The action queue on real threads. */
class ActionQueueThreadsTest {
  private static final AppKey SHOP = new AppKey("prod", "shop");
  private static final ComponentName NAME = new ComponentName("thing");
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private final FakeWakeups wakeups = new FakeWakeups();
  private final FakeAdapter cloud = new FakeAdapter("fake");

  private ActionQueue queue(Executor executor, InstantSource time) {
    return new ActionQueue(
        executor, FakeThing::classify, SETTLE, time, new Random(1), wakeups, Tracing.OFF);
  }

  private CloudKind<String, FakeThing> kind(String name, FakeAdapter adapter, InstantSource time) {
    return FakeThing.kind(new FakeThing.Rules(name, true, false), adapter, SETTLE, time, wakeups);
  }

  private static Action<String, FakeThing> create(String name) {
    return new Action.Create<>(name, name, Map.of());
  }

  @Test
  void neverHasTwoUnderWayForOneComponent() {
    InstantSource time = InstantSource.system();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    cloud.before =
        call -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.yield();
          now.decrementAndGet();
        };
    CloudKind<String, FakeThing> real = kind("thing", cloud, time);
    CallBudget wide = new CallBudget(10_000, 10_000, time);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor();
        var submitters = Executors.newFixedThreadPool(4)) {
      ActionQueue busy = queue(executor, time);
      for (int i = 0; i < 400; i++) {
        int number = i;
        submitters.execute(
            () -> {
              busy.submit(SHOP, real, wide, create("a" + number));
              if (number % 10 == 7) {
                busy.settled(SHOP, NAME);
              }
            });
      }
    }
    assertThat(cloud.calls).isNotEmpty();
    assertThat(most).hasValue(1);
  }

  @Test
  void aThrottledServiceDoesNotHoldUpTheOthers() {
    InstantSource time = InstantSource.system();
    CloudKind<String, FakeThing> kind = kind("thing", cloud, time);
    CallBudget exhausted = new CallBudget(0.5, 1, time);
    exhausted.take();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      ActionQueue busy = queue(executor, time);
      for (int i = 0; i < 60; i++) {
        busy.submit(new AppKey("prod", "app-" + i), kind, exhausted, create("x" + i));
      }
      FakeAdapter healthy = new FakeAdapter("healthy");
      CloudKind<String, FakeThing> other = kind("other", healthy, time);
      busy.submit(SHOP, other, new CallBudget(100, 100, time), create("a"));
      await().atMost(Duration.ofSeconds(5)).until(() -> healthy.calls.contains("create a"));
      executor.shutdownNow();
    }
  }
}
