package io.highlyavailable.testbed.serving;

import java.time.Duration;

/**
 * How slow the load balancer is. AWS promises nothing; seconds are what people measure, and health
 * checks come as often as the target group says.
 *
 * @param controller until the controller has seen that pods came or went
 * @param propagation until all of the load balancer acts on a call
 * @param check between two health checks; two make a target healthy or unhealthy
 */
public record Delays(Duration controller, Duration propagation, Duration check) {
  /** As slow as AWS, but for health checks, which would make tests long. */
  public static final Delays USUAL =
      new Delays(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofMillis(500));
}
