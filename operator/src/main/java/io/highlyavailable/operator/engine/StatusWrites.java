package io.highlyavailable.operator.engine;

import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a status is written: never when it says nothing new, at once when the phase turns,
 * and otherwise not so often that progress costs more writes than the app itself.
 */
public final class StatusWrites {
  /** Often enough for a person who watches. */
  private static final Duration APART = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final Map<AppKey, Instant> written = new ConcurrentHashMap<>();

  /**
   * @param clock the time of writes
   */
  public StatusWrites(InstantSource clock) {
    this.clock = clock;
  }

  /** What to do with a new status. */
  public enum Verdict {
    /** It says nothing new. */
    SAME,
    /** Write it now. */
    WRITE,
    /** Look again when {@link #waiting} is over. */
    LATER
  }

  /**
   * Decides, and counts a write that is due as done.
   *
   * @param before the status as Kubernetes has it, or null
   */
  public Verdict decide(
      AppKey app, @Nullable HighlyAvailableAppStatus before, HighlyAvailableAppStatus now) {
    if (now.equals(before)) {
      return Verdict.SAME;
    }
    boolean turned =
        before == null
            || before.phase() != now.phase()
            || !Objects.equals(before.observedGeneration(), now.observedGeneration());
    if (!turned && !waiting(app).isZero()) {
      return Verdict.LATER;
    }
    written.put(app, clock.instant());
    return Verdict.WRITE;
  }

  /** How long until a status may be written that is no turn of phase. */
  public Duration waiting(AppKey app) {
    Duration left =
        Optional.ofNullable(written.get(app))
            .map(last -> Duration.between(clock.instant(), last.plus(APART)))
            .orElse(Duration.ZERO);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The app is gone. */
  public void forget(AppKey app) {
    written.remove(app);
  }
}
