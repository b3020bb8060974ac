package io.highlyavailable.operator.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A token bucket for the calls to one service in one account and region. It halves its rate when
 * the service throttles and wins it back slowly, so that many apps share what the account is given.
 */
final class CallBudget {
  /** Half of what is left after each throttle, but never less than one call in two seconds. */
  private static final double SLOWEST = 0.5;

  /** Fully recovered about half a minute after the last throttle. */
  private static final double RECOVERY_SECONDS = 30;

  /** Calls that were under way together are throttled together; that is one reason, not many. */
  private static final long TOGETHER_MILLIS = 1000;

  private final double fullRate;
  private final double burst;
  private final InstantSource clock;
  private final ReentrantLock queue = new ReentrantLock(true);
  private double rate;
  private double tokens;
  private long throttledMillis = Long.MIN_VALUE / 2;
  private long updatedMillis;

  /**
   * @param perSecond calls a second when the service is content; more than 0
   * @param burst calls at once after a pause
   */
  CallBudget(double perSecond, double burst, InstantSource clock) {
    this.fullRate = perSecond;
    this.burst = burst;
    this.clock = clock;
    this.rate = perSecond;
    this.tokens = burst;
    this.updatedMillis = clock.millis();
  }

  /**
   * Waits for its turn and takes one call out of the budget, first come first served. Only the
   * first looks at the clock, so that those behind it profit as soon as the service is content
   * again.
   */
  void acquire() throws InterruptedException {
    queue.lockInterruptibly();
    try {
      for (Duration wait = tryTake(); !wait.isZero(); wait = tryTake()) {
        Thread.sleep(wait);
      }
    } finally {
      queue.unlock();
    }
  }

  /**
   * Takes one call out of the budget if it has one.
   *
   * @return zero when it was taken, else how long to wait before there can be one
   */
  synchronized Duration tryTake() {
    refill();
    if (tokens >= 1) {
      tokens -= 1;
      return Duration.ZERO;
    }
    return Duration.ofMillis(Math.max(1, (long) Math.ceil((1 - tokens) / rate * 1000)));
  }

  /**
   * Takes one call out of the budget, ahead of all who wait, and says how long to wait before
   * making it: for the one thread that reads, without which nobody learns what the writes came to.
   */
  synchronized Duration take() {
    refill();
    tokens -= 1;
    return tokens >= 0 ? Duration.ZERO : Duration.ofMillis((long) Math.ceil(-tokens / rate * 1000));
  }

  /** The service said that there were too many calls. */
  synchronized void throttled() {
    refill();
    tokens = Math.min(tokens, 0);
    long now = clock.millis();
    if (now - throttledMillis >= TOGETHER_MILLIS) {
      throttledMillis = now;
      rate = Math.max(SLOWEST, rate / 2);
    }
  }

  private void refill() {
    long now = clock.millis();
    double seconds = Math.max(0, now - updatedMillis) / 1000.0;
    updatedMillis = now;
    tokens = Math.min(burst, tokens + seconds * rate);
    rate = Math.min(fullRate, rate + seconds * fullRate / RECOVERY_SECONDS);
  }
}
