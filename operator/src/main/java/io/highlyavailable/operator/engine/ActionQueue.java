package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.tracing.Attribute;
import io.highlyavailable.operator.tracing.Origin;
import io.highlyavailable.operator.tracing.Span;
import io.highlyavailable.operator.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out actions away from the reconcile threads: at most one in flight per app and component,
 * one attempt each. The outcome lands in the inventory and wakes the app, whose plan is derived
 * again; so nothing is held here that a restart would miss. An action that waits for its service's
 * budget is exchanged when the plan changes, so what is sent is what was last decided.
 */
final class ActionQueue {
  private static final Logger log = LoggerFactory.getLogger(ActionQueue.class);

  /** A minute's pause at most: what a person mended should heal while they watch. */
  private static final RetryDelays AFTER_FAILURE =
      new RetryDelays(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /**
   * Between actions that succeed and are wanted again: some take many steps, such as emptying a
   * bucket; others would never be done, when a provider does not keep what it was given.
   */
  private static final RetryDelays AFTER_SUCCESS =
      new RetryDelays(Duration.ofMillis(500), Duration.ofSeconds(10));

  /** Below the HTTP client's connections, so that no call waits for one and times out. */
  private static final int MOST_AT_ONCE = 40;

  private final Executor executor;
  private final Function<Throwable, CloudFailure> classifier;
  private final Duration settle;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Wakeups wakeups;
  private final Tracing tracing;
  private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);
  private final Map<Slot, Effort> efforts = new ConcurrentHashMap<>();

  private record Slot(AppKey app, ComponentName component) {}

  /**
   * @param settle how long after a create of unknown outcome its resource may still turn up
   * @param tracing tells of each attempt as part of the reconciliation that wanted it
   */
  ActionQueue(
      Executor executor,
      Function<Throwable, CloudFailure> classifier,
      Duration settle,
      InstantSource clock,
      RandomGenerator random,
      Wakeups wakeups,
      Tracing tracing) {
    this.executor = executor;
    this.classifier = classifier;
    this.settle = settle;
    this.clock = clock;
    this.random = random;
    this.wakeups = wakeups;
    this.tracing = tracing;
  }

  /**
   * Whether an action of this component is being carried out, or one that failed may still turn out
   * to have taken effect.
   */
  boolean inFlight(AppKey app, ComponentName component) {
    Effort effort = efforts.get(new Slot(app, component));
    return effort != null && effort.open(clock.instant());
  }

  /** Why the last action of this component failed, if it did. */
  Optional<CloudFailure> failure(AppKey app, ComponentName component) {
    return Optional.ofNullable(efforts.get(new Slot(app, component))).map(Effort::failure);
  }

  /**
   * Starts an action, unless one is in flight for the same app and component or the same one was
   * tried too recently. Another action than the last starts at once: somebody changed something. If
   * it is too early, the app is woken when it no longer is.
   *
   * @return whether it was started
   */
  <D, R extends CloudResource> boolean submit(
      AppKey app, CloudKind<D, R> kind, CallBudget budget, Action<D, R> action) {
    Slot slot = new Slot(app, kind.component().name());
    Instant now = clock.instant();
    Origin here = tracing.here();
    boolean[] started = {false};
    Effort effort =
        efforts.compute(
            slot,
            (key, old) -> {
              if (old == null) {
                started[0] = true;
                return Effort.first(action, here);
              }
              boolean early = old.tooEarly(action, now) || mayBeMade(kind, old, action, now);
              started[0] = old.stage() == Effort.Stage.OVER && !early;
              boolean stays = old.stage() == Effort.Stage.RUNNING || early;
              return stays ? old : old.next(action, here);
            });
    if (started[0]) {
      executor.execute(() -> carryOut(slot, kind, budget));
    } else if (effort.stage() == Effort.Stage.OVER) {
      boolean later = mayBeMade(kind, effort, action, now);
      wakeAt(app, later ? effort.uncertainUntil() : effort.notBefore());
    }
    return started[0];
  }

  /** What the provider would make twice is not created while an earlier create may show yet. */
  private static boolean mayBeMade(
      CloudKind<?, ?> kind, Effort old, Action<?, ?> action, Instant now) {
    return kind.component().needsIntent()
        && action instanceof Action.Create<?, ?>
        && old.stage() == Effort.Stage.OVER
        && now.isBefore(old.uncertainUntil());
  }

  /**
   * Whether what is to be created is there already: the plan was made before the last create ended,
   * and came after it. A provider that knows neither name nor token would make a second one.
   */
  private static <D, R extends CloudResource> boolean overtaken(
      CloudKind<D, R> kind, Action<D, R> action) {
    return kind.component().needsIntent()
        && action instanceof Action.Create<D, R> create
        && kind.inventory().observe(create.resource()) instanceof Observation.Present<R>;
  }

  /** Nothing is to be done for this component: drop what waits, forget what failed before. */
  void settled(AppKey app, ComponentName component) {
    Instant now = clock.instant();
    Effort left =
        efforts.computeIfPresent(
            new Slot(app, component),
            (key, old) -> {
              boolean stays =
                  old.stage() == Effort.Stage.RUNNING || now.isBefore(old.uncertainUntil());
              return stays ? old : null;
            });
    if (left != null && left.stage() == Effort.Stage.OVER) {
      wakeAt(app, left.uncertainUntil());
    }
  }

  /** Drops every action of an app that still waits: nothing is to be written for it now. */
  void hold(AppKey app) {
    efforts
        .entrySet()
        .removeIf(
            entry ->
                entry.getKey().app().equals(app)
                    && entry.getValue().stage() == Effort.Stage.WAITING);
  }

  /** How many actions are so far. */
  int count(Effort.Stage stage) {
    return (int) efforts.values().stream().filter(effort -> effort.stage() == stage).count();
  }

  /** The app is gone. */
  void forget(AppKey app) {
    efforts.keySet().removeIf(slot -> slot.app().equals(app));
  }

  /** A little later than due, because a timer may be a little early by the clock. */
  private void wakeAt(AppKey app, Instant when) {
    wakeups.wakeAfter(app, Duration.between(clock.instant(), when).plusMillis(10));
  }

  private <D, R extends CloudResource> void carryOut(
      Slot slot, CloudKind<D, R> kind, CallBudget budget) {
    try {
      budget.acquire();
      atOnce.acquire();
      try {
        attempt(slot, kind, budget);
      } finally {
        atOnce.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <D, R extends CloudResource> void attempt(
      Slot slot, CloudKind<D, R> kind, CallBudget budget) {
    begin(slot)
        .ifPresent(
            effort ->
                tracing.run(
                    effort.origin(),
                    verb(effort.action()) + " " + slot.component(),
                    span -> attempt(slot, kind, budget, effort, span)));
  }

  private static String verb(Action<?, ?> action) {
    return switch (action) {
      case Action.Create<?, ?> _ -> "create";
      case Action.Update<?, ?> _ -> "update";
      case Action.Tag<?, ?> _ -> "tag";
      case Action.Delete<?, ?> _ -> "delete";
    };
  }

  @SuppressWarnings("unchecked") // this kind's actions only are filed under its name
  private <D, R extends CloudResource> void attempt(
      Slot slot, CloudKind<D, R> kind, CallBudget budget, Effort begun, Span span) {
    Action<D, R> action = (Action<D, R>) begun.action();
    span.of(slot.app());
    span.set(Attribute.COMPONENT, slot.component().value());
    span.set(Attribute.RESOURCE, action.resource());
    span.set(Attribute.ATTEMPT, begun.rounds() + 1L);
    try {
      if (!overtaken(kind, action)) {
        perform(kind, action);
        log.info("{} {}: {}", slot.app(), slot.component(), action.summary());
      }
      end(slot, effort -> effort.done(later(AFTER_SUCCESS, effort)));
    } catch (RuntimeException | Error e) {
      CloudFailure why = classifier.apply(e);
      span.failed(why.code());
      failed(slot, kind, budget, action, why);
    } finally {
      wakeups.wake(slot.app());
    }
  }

  /** Takes the action that waits, if one still does. */
  private Optional<Effort> begin(Slot slot) {
    Effort[] begun = {null};
    efforts.computeIfPresent(
        slot,
        (key, old) -> {
          if (old.stage() != Effort.Stage.WAITING) {
            return old;
          }
          begun[0] = old.running();
          return begun[0];
        });
    return Optional.ofNullable(begun[0]);
  }

  private void end(Slot slot, UnaryOperator<Effort> outcome) {
    efforts.computeIfPresent(slot, (key, old) -> outcome.apply(old));
  }

  private Instant later(RetryDelays delays, Effort effort) {
    return clock.instant().plus(delays.after(effort.rounds() + 1, random));
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
    kind.feed().signal().ring();
  }

  private static <D, R extends CloudResource> R retag(Adapter<D, R> adapter, Action.Tag<D, R> tag) {
    R row = tag.set().isEmpty() ? tag.actual() : adapter.tag(tag.actual(), tag.set());
    return tag.remove().isEmpty() ? row : adapter.untag(row, tag.remove());
  }

  private <D, R extends CloudResource> void failed(
      Slot slot, CloudKind<D, R> kind, CallBudget budget, Action<D, R> action, CloudFailure why) {
    log.warn("{} {}: {} failed: {}", slot.app(), slot.component(), action.summary(), why.line());
    try {
      if (why.kind() == CloudFailure.Kind.THROTTLED) {
        budget.throttled();
      } else {
        // It may have taken effect, wholly or in part: what is there decides what to do next.
        kind.feed().changed(kind.inventory().read(action.resource()));
      }
    } finally {
      boolean uncertain = action instanceof Action.Create<D, R> && why.ambiguous();
      Instant until = uncertain ? clock.instant().plus(settle) : Instant.EPOCH;
      end(slot, effort -> effort.failed(why, later(AFTER_FAILURE, effort), until));
    }
  }
}
