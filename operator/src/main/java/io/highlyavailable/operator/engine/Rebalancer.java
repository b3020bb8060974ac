package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.kubernetes.Rebalance;
import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves pods, one at a time, to zones that stay emptier than others: by eviction, so that the
 * disruption budget has the last word. What it remembers is only for patience: a restarted operator
 * begins to wait anew.
 */
public final class Rebalancer {
  private static final Logger log = LoggerFactory.getLogger(Rebalancer.class);

  /** Where a move does not help, because the empty zone has no room, say, it is rarely tried. */
  private static final int LONGEST_PAUSE = 64;

  private final Duration patience;
  private final InstantSource clock;
  private final Map<AppKey, Waiting> waiting = new ConcurrentHashMap<>();

  /**
   * @param since since when the pods are seen uneven
   * @param unevenness at the last move; {@link Integer#MAX_VALUE} before the first
   * @param pause how many times the patience is waited
   */
  private record Waiting(Instant since, int unevenness, int pause) {
    Waiting moved(Instant at, Rebalance move) {
      boolean better = move.unevenness() < unevenness;
      return new Waiting(at, move.unevenness(), better ? 1 : Math.min(pause * 2, LONGEST_PAUSE));
    }
  }

  /** Evicts a pod. */
  @FunctionalInterface
  public interface Eviction {
    /** Whether the pod goes; false when the disruption budget does not allow it now. */
    boolean evict(Rebalance move);
  }

  /**
   * @param patience how long pods must be uneven before one is moved, and the least time between
   *     two moves of an app
   * @param clock the time
   */
  public Rebalancer(Duration patience, InstantSource clock) {
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Makes the move when it is due. Not called while pods come and go.
   *
   * @param move the next one, or empty when all is even
   * @return when to look again; empty when there is nothing to wait for
   */
  public Optional<Duration> step(AppKey app, Optional<Rebalance> move, Eviction eviction) {
    if (move.isEmpty()) {
      forget(app);
      return Optional.empty();
    }
    Instant now = clock.instant();
    Waiting state = waiting.computeIfAbsent(app, key -> new Waiting(now, Integer.MAX_VALUE, 1));
    Duration left = Duration.between(now, state.since().plus(patience.multipliedBy(state.pause())));
    if (left.isPositive()) {
      return Optional.of(left);
    }
    if (eviction.evict(move.get())) {
      log.info(
          "{}: moved pod {} out of zone {}, zone {} is emptier",
          app,
          move.get().pod().getMetadata().getName(),
          move.get().from(),
          move.get().to());
      waiting.put(app, state.moved(now, move.get()));
    }
    return Optional.of(patience);
  }

  /** All is even, or the app is gone. */
  public void forget(AppKey app) {
    waiting.remove(app);
  }
}
