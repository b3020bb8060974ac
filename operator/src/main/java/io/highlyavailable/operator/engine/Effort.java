package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.tracing.Origin;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last action of one component of one app, and how it went.
 *
 * @param action the action
 * @param origin the reconciliation that wanted it
 * @param stage how far it is
 * @param rounds how often in a row the same was attempted and is over
 * @param failure why it failed last, or null
 * @param notBefore when the same may be attempted again
 * @param uncertainUntil until when it may still turn out to have taken effect; the epoch for not
 */
record Effort(
    Action<?, ?> action,
    Origin origin,
    Stage stage,
    int rounds,
    @Nullable CloudFailure failure,
    Instant notBefore,
    Instant uncertainUntil) {

  /** How far an action is. */
  enum Stage {
    /** It waits for its service's budget; it can still be exchanged or dropped. */
    WAITING,
    /** It is being carried out. */
    RUNNING,
    /** It is over. */
    OVER
  }

  /** The first of an action. */
  static Effort first(Action<?, ?> action, Origin origin) {
    return new Effort(action, origin, Stage.WAITING, 0, null, Instant.EPOCH, Instant.EPOCH);
  }

  /**
   * The next one, which begins anew unless it is the same action. One that waits already came from
   * where it was wanted first.
   */
  Effort next(Action<?, ?> wanted, Origin now) {
    if (!same(wanted)) {
      return new Effort(wanted, now, Stage.WAITING, 0, null, Instant.EPOCH, uncertainUntil);
    }
    Origin from = stage == Stage.WAITING ? origin : now;
    return new Effort(wanted, from, Stage.WAITING, rounds, failure, notBefore, uncertainUntil);
  }

  /** The same, being carried out. */
  Effort running() {
    return new Effort(action, origin, Stage.RUNNING, rounds, failure, notBefore, uncertainUntil);
  }

  /** The same, carried out. */
  Effort done(Instant again) {
    return new Effort(action, origin, Stage.OVER, rounds + 1, null, again, Instant.EPOCH);
  }

  /** The same, failed. */
  Effort failed(CloudFailure why, Instant again, Instant uncertain) {
    return new Effort(action, origin, Stage.OVER, rounds + 1, why, again, uncertain);
  }

  /** Whether it is not over, or may yet turn out to have taken effect. */
  boolean open(Instant now) {
    return stage != Stage.OVER || now.isBefore(uncertainUntil);
  }

  /** Whether this action, so soon, would only do the same again. */
  boolean tooEarly(Action<?, ?> wanted, Instant now) {
    return stage == Stage.OVER && same(wanted) && now.isBefore(notBefore);
  }

  /**
   * Whether two actions would send the same. What the resource was observed to be does not count: a
   * value that changes by itself would otherwise make every attempt a new one, without any pause.
   */
  private boolean same(Action<?, ?> other) {
    return intent(action).equals(intent(other));
  }

  private static List<Object> intent(Action<?, ?> action) {
    return switch (action) {
      case Action.Create<?, ?> a -> List.of("create", a.resource(), a.desired(), a.tags());
      case Action.Update<?, ?> a -> List.of("update", a.resource(), a.desired(), a.changes());
      case Action.Tag<?, ?> a -> List.of("tag", a.resource(), a.set(), a.remove());
      case Action.Delete<?, ?> a -> List.of("delete", a.resource(), a.disposal());
    };
  }
}
