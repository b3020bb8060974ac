package io.highlyavailable.operator.engine;

import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tries a reconciliation that threw again and again, with growing, jittered delays, without end.
 */
public final class EndlessRetry implements Retry {
  private static final RetryDelays DELAYS =
      new RetryDelays(Duration.ofSeconds(1), Duration.ofMinutes(2));

  /** One retry for all apps; each gets an execution of its own. */
  public EndlessRetry() {}

  @Override
  public RetryExecution initExecution() {
    return new Execution();
  }

  private static final class Execution implements RetryExecution {
    private int attempts;

    @Override
    public Optional<Long> nextDelay() {
      attempts++;
      return Optional.of(DELAYS.after(attempts, RandomGenerator.getDefault()).toMillis());
    }

    @Override
    public int getAttemptCount() {
      return attempts;
    }

    @Override
    public boolean isLastAttempt() {
      return false;
    }
  }
}
