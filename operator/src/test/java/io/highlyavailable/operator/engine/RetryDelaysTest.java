package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.Seeds;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryDelaysTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(1);
  private final RetryDelays delays = new RetryDelays(FIRST, MOST);

  @Test
  void neverExceedsItsCeilingNorFallsBelowHalfOfTheFirst() {
    Seeds.each(
        seed -> {
          Random random = new Random(seed);
          int failures = 1 + random.nextInt(Integer.MAX_VALUE);
          assertThat(delays.after(failures, random)).isBetween(FIRST.dividedBy(2), MOST);
        });
    assertThat(delays.after(Integer.MAX_VALUE, new Random(0))).isBetween(FIRST.dividedBy(2), MOST);
  }

  @Test
  void doublesUpToItsCeiling() {
    Seeds.each(
        seed -> {
          int failures = 1 + (int) (seed % 6);
          Duration bound = FIRST.multipliedBy(1L << (failures - 1));
          assertThat(delays.after(failures, new Random(seed))).isBetween(bound.dividedBy(2), bound);
        });
  }

  @Test
  void retriesWithoutEnd() {
    var execution = new EndlessRetry().initExecution();
    for (int i = 0; i < 1000; i++) {
      assertThat(execution.nextDelay()).hasValueSatisfying(it -> assertThat(it).isPositive());
    }
    assertThat(execution.isLastAttempt()).isFalse();
    assertThat(execution.getAttemptCount()).isEqualTo(1000);
  }
}
