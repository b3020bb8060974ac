package io.highlyavailable.operator.scale;

import io.highlyavailable.testbed.operator.OperatorSettings;
import java.time.Duration;

/**
 * How often the operator looks.
 *
 * @param fast while something is in transition
 * @param slow otherwise
 * @param audit between readings in full of one resource of a kind whose listing shows names only
 * @param settle how long a listing may contradict a write
 */
record Intervals(Duration fast, Duration slow, Duration audit, Duration settle) {
  /** The operator's defaults, as its configuration documents them. */
  static final Intervals PRODUCTION =
      new Intervals(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60));

  /** The same at fifteen times the speed, so that ten rounds are over in twenty seconds. */
  static final Intervals SHORT =
      new Intervals(
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(4));

  /** {@link #PRODUCTION} when the system property {@code scale.production} is true. */
  static Intervals configured() {
    return Boolean.getBoolean("scale.production") ? PRODUCTION : SHORT;
  }

  OperatorSettings in(OperatorSettings settings) {
    return settings
        .with("HAAPP_POLL_FAST", fast.toMillis() + "ms")
        .with("HAAPP_POLL_SLOW", slow.toMillis() + "ms")
        .with("HAAPP_AUDIT_INTERVAL", audit.toMillis() + "ms")
        .with("HAAPP_SETTLE_WINDOW", settle.toMillis() + "ms");
  }
}
