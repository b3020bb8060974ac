package io.highlyavailable.testbed.aws;

import java.time.Duration;
import java.util.Map;

/** How long the states of resources last that AWS changes asynchronously. */
public final class Transitions {
  private final ControlApi control;

  Transitions(ControlApi control) {
    this.control = control;
  }

  /**
   * Sets how long database instances that are created, modified or deleted from now on take. With
   * zero, the default, a state shows in the response of the call that starts it and is over with
   * the next call.
   */
  public void rds(Duration creating, Duration modifying, Duration deleting) {
    control.put(
        "transitions/rds",
        Map.of(
            "creating", creating.toMillis() / 1000.0,
            "modifying", modifying.toMillis() / 1000.0,
            "deleting", deleting.toMillis() / 1000.0));
  }

  /** Ends all states that last, now, in the order in which they would have ended. */
  public void complete() {
    control.post("transitions/complete", Map.of());
  }
}
