package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out actions away from the reconcile threads: at most one in flight per app and component,
 * one attempt each. The outcome lands in the inventory and wakes the app, whose plan is derived
 * again; so nothing is held here that a restart would miss.
 */
final class ActionQueue {
  private static final Logger log = LoggerFactory.getLogger(ActionQueue.class);

  /** A minute's pause at most: what a person mended should heal while they watch. */
  private static final RetryDelays DELAYS =
      new RetryDelays(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** Below the HTTP client's connections, so that no call waits for one and times out. */
  private static final int MOST_AT_ONCE = 40;

  private final Executor executor;
  private final Function<Throwable, CloudFailure> classifier;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Wakeups wakeups;
  private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);
  private final Map<Slot, Entry> entries = new ConcurrentHashMap<>();

  private record Slot(AppKey app, ComponentName component) {}

  /**
   * @param action the action tried
   * @param inFlight whether it is being tried now
   * @param failures how often in a row it failed
   * @param failure why it failed last, or null
   * @param notBefore when it may be tried again
   */
  private record Entry(
      Action<?, ?> action,
      boolean inFlight,
      int failures,
      @Nullable CloudFailure failure,
      Instant notBefore) {}

  ActionQueue(
      Executor executor,
      Function<Throwable, CloudFailure> classifier,
      InstantSource clock,
      RandomGenerator random,
      Wakeups wakeups) {
    this.executor = executor;
    this.classifier = classifier;
    this.clock = clock;
    this.random = random;
    this.wakeups = wakeups;
  }

  /** Whether an action of this component is being carried out. */
  boolean inFlight(AppKey app, ComponentName component) {
    Entry entry = entries.get(new Slot(app, component));
    return entry != null && entry.inFlight();
  }

  /** Why the last action of this component failed, if it did. */
  Optional<CloudFailure> failure(AppKey app, ComponentName component) {
    return Optional.ofNullable(entries.get(new Slot(app, component))).map(Entry::failure);
  }

  /**
   * Starts an action, unless one is in flight for the same app and component or the same one failed
   * too recently. Another action than the one that failed starts at once: somebody changed
   * something.
   *
   * @return whether it was started
   */
  <D, R extends CloudResource> boolean submit(
      AppKey app, CloudKind<D, R> kind, CallBudget budget, Action<D, R> action) {
    Slot slot = new Slot(app, kind.component().name());
    boolean[] started = {false};
    entries.compute(
        slot,
        (key, old) -> {
          if (old != null && (old.inFlight() || tooEarly(old, action))) {
            return old;
          }
          started[0] = true;
          boolean again = old != null && old.action().equals(action);
          return new Entry(
              action,
              true,
              again ? old.failures() : 0,
              again ? old.failure() : null,
              Instant.EPOCH);
        });
    if (started[0]) {
      executor.execute(() -> carryOut(slot, kind, budget, action));
    }
    return started[0];
  }

  /** Nothing is to be done for this component: forget what failed before. */
  void settled(AppKey app, ComponentName component) {
    entries.computeIfPresent(new Slot(app, component), (key, old) -> old.inFlight() ? old : null);
  }

  /** The app is gone. */
  void forget(AppKey app) {
    entries.keySet().removeIf(slot -> slot.app().equals(app));
  }

  private boolean tooEarly(Entry old, Action<?, ?> action) {
    return old.action().equals(action) && clock.instant().isBefore(old.notBefore());
  }

  private <D, R extends CloudResource> void carryOut(
      Slot slot, CloudKind<D, R> kind, CallBudget budget, Action<D, R> action) {
    try {
      atOnce.acquire();
      try {
        Thread.sleep(budget.take());
        perform(kind, action);
      } finally {
        atOnce.release();
      }
      entries.remove(slot);
      log.info("{} {}: {}", slot.app(), slot.component(), action.summary());
      wakeups.wake(slot.app());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed(slot, kind, budget, action, e);
    }
  }

  private static <D, R extends CloudResource> void perform(
      CloudKind<D, R> kind, Action<D, R> action) {
    Adapter<D, R> adapter = kind.adapter();
    Inventory<R> inventory = kind.inventory();
    switch (action) {
      case Action.Create<D, R> create ->
          inventory.written(adapter.create(create.desired(), create.tags()));
      case Action.Update<D, R> update ->
          inventory.written(adapter.update(update.actual(), update.desired(), update.changes()));
      case Action.Tag<D, R> tag -> inventory.written(retag(adapter, tag));
      case Action.Delete<D, R> delete ->
          adapter
              .delete(delete.actual(), delete.disposal())
              .ifPresentOrElse(inventory::written, () -> inventory.removed(delete.resource()));
    }
    kind.signal().ring();
  }

  private static <D, R extends CloudResource> R retag(Adapter<D, R> adapter, Action.Tag<D, R> tag) {
    R row = tag.set().isEmpty() ? tag.actual() : adapter.tag(tag.actual(), tag.set());
    return tag.remove().isEmpty() ? row : adapter.untag(row, tag.remove());
  }

  private <D, R extends CloudResource> void failed(
      Slot slot,
      CloudKind<D, R> kind,
      CallBudget budget,
      Action<D, R> action,
      RuntimeException error) {
    CloudFailure why = classifier.apply(error);
    log.warn("{} {}: {} failed: {}", slot.app(), slot.component(), action.summary(), why.line());
    if (why.kind() == CloudFailure.Kind.THROTTLED) {
      budget.throttled();
    } else {
      // It may have taken effect, wholly or in part: what is there decides what to do next.
      kind.changed(kind.inventory().read(action.resource()));
    }
    Entry now =
        entries.compute(
            slot,
            (key, old) -> {
              int failures = old == null ? 1 : old.failures() + 1;
              Instant again = clock.instant().plus(DELAYS.after(failures, random));
              return new Entry(action, false, failures, why, again);
            });
    wakeups.wake(slot.app());
    wakeups.wakeAfter(slot.app(), Duration.between(clock.instant(), now.notBefore()));
  }
}
