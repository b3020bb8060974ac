package io.highlyavailable.operator.engine;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one thread wait until it is time or somebody has a reason to go on. Rings do not add up. */
final class Signal {
  private final Semaphore permits = new Semaphore(0);

  /** Ends the current wait, or else the next one. */
  void ring() {
    if (permits.availablePermits() == 0) {
      permits.release();
    }
  }

  /**
   * Waits.
   *
   * @return whether it was rung before the time was over
   */
  boolean await(Duration most) throws InterruptedException {
    boolean rung = permits.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
    permits.drainPermits();
    return rung;
  }
}
