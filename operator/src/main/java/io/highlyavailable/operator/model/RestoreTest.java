package io.highlyavailable.operator.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifying backups by restoring them.
 *
 * @param interval from one verification to the next
 * @param instanceClass of the temporary instance
 * @param limit after which the temporary instance is deleted, finished or not
 * @param run the verification that is on, or null for none
 */
public record RestoreTest(
    Duration interval, String instanceClass, Duration limit, @Nullable Run run) {
  /** The verification that is on, if one is. */
  public Optional<Run> running() {
    return Optional.ofNullable(run);
  }

  /** The same with another verification on, or none. */
  public RestoreTest with(@Nullable Run changed) {
    return new RestoreTest(interval, instanceClass, limit, changed);
  }

  /**
   * A verification.
   *
   * @param started when it began, to the second
   * @param restoredTo the time that the backup reaches at least; empty where that is not known
   */
  public record Run(Instant started, String restoredTo) {}
}
