package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/**
 * Waits by what the operator does, not by the clock: so that "nothing happened" means something.
 */
final class Await {
  private Await() {}

  /** Returns when the operator has listed databases this many times more. */
  static void polls(Rig rig, int times) {
    long mark = rig.emulator().calls().mark();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(
                        rig.emulator()
                            .calls()
                            .by(Rig.OPERATOR)
                            .count(mark, "rds", "DescribeDBInstances"))
                    .as("polls")
                    .isGreaterThanOrEqualTo(times));
  }
}
