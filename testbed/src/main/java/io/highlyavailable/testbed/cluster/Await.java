package io.highlyavailable.testbed.cluster;

import io.highlyavailable.testbed.process.LogFile;
import io.highlyavailable.testbed.process.RunningProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition, and fails at once when a program that it depends on has ended. */
final class Await {
  private final long end;
  private final Duration limit;
  private final List<? extends RunningProcess> programs;

  /**
   * @param limit for all conditions together
   * @param programs a live view of those that must go on running
   */
  Await(Duration limit, List<? extends RunningProcess> programs) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
    this.programs = programs;
  }

  /** Returns when the condition holds. */
  void until(String what, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      for (RunningProcess program : programs) {
        if (!program.isAlive()) {
          throw new IllegalStateException(
              "%s ended while we waited for %s; the end of %s:%n%s"
                  .formatted(program.name(), what, program.log(), LogFile.tail(program.log())));
        }
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s not ready after %d s; logs in %s"
                .formatted(what, limit.toSeconds(), programs.getFirst().log().getParent()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
