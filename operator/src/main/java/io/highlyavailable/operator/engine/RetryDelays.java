package io.highlyavailable.operator.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential delays with jitter, without end: a cloud that was away for a day is asked again.
 *
 * @param first the first delay's upper bound
 * @param most what no delay exceeds
 */
record RetryDelays(Duration first, Duration most) {
  /** Doublings after which any first delay has reached any sensible ceiling. */
  private static final int MAX_DOUBLINGS = 20;

  /**
   * The delay after a number of failures in a row: half fixed, half random, so that apps that
   * failed together do not return together.
   *
   * @param failures 1 or more
   */
  Duration after(int failures, RandomGenerator random) {
    long doubled = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
    long ceiling = Math.min(doubled, most.toMillis());
    return Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
  }
}
