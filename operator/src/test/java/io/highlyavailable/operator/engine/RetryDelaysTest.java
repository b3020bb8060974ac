package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryDelaysTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(1);
  private final RetryDelays delays = new RetryDelays(FIRST, MOST);

  @Property(tries = 200)
  void neverExceedsItsCeilingNorFallsBelowHalfOfTheFirst(
      @ForAll @IntRange(min = 1) int failures, @ForAll long seed) {
    assertThat(delays.after(failures, new Random(seed))).isBetween(FIRST.dividedBy(2), MOST);
  }

  @Property(tries = 200)
  void doublesUpToItsCeiling(@ForAll @IntRange(min = 1, max = 6) int failures, @ForAll long seed) {
    Duration bound = FIRST.multipliedBy(1L << (failures - 1));
    assertThat(delays.after(failures, new Random(seed))).isBetween(bound.dividedBy(2), bound);
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
