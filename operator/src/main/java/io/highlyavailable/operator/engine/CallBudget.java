package io.highlyavailable.operator.engine;

import java.time.Duration;
import java.time.InstantSource;

/**
 * A token bucket for the calls to one service in one account and region. It halves its rate when
 * the service throttles and wins it back slowly, so that many apps share what the account is given.
 */
final class CallBudget {
  /** Half of what is left after each throttle, but never less than one call in two seconds. */
  private static final double SLOWEST = 0.5;

  /** Fully recovered about half a minute after the last throttle. */
  private static final double RECOVERY_SECONDS = 30;

  private final double fullRate;
  private final double burst;
  private final InstantSource clock;
  private double rate;
  private double tokens;
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

  /** Takes one call out of the budget and says how long to wait before making it. */
  synchronized Duration take() {
    refill();
    tokens -= 1;
    return tokens >= 0 ? Duration.ZERO : Duration.ofMillis((long) Math.ceil(-tokens / rate * 1000));
  }

  /** The service said that there were too many calls. */
  synchronized void throttled() {
    refill();
    rate = Math.max(SLOWEST, rate / 2);
    tokens = Math.min(tokens, 0);
  }

  private void refill() {
    long now = clock.millis();
    double seconds = Math.max(0, now - updatedMillis) / 1000.0;
    updatedMillis = now;
    tokens = Math.min(burst, tokens + seconds * rate);
    rate = Math.min(fullRate, rate + seconds * fullRate / RECOVERY_SECONDS);
  }
}
