package io.highlyavailable.operator.engine;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the same again and again on a thread of its own, after a pause each. */
final class Turns implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Turns.class);

  private final String name;
  private final Duration pause;
  private final Runnable turn;
  private final Thread thread;

  /**
   * @param name of the thread
   * @param pause before each turn
   * @param turn what is done
   */
  Turns(String name, Duration pause, Runnable turn) {
    this.name = name;
    this.pause = pause;
    this.turn = turn;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(pause);
        safeTurn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A fault of ours in one turn must not be the last turn. */
  private void safeTurn() {
    try {
      turn.run();
    } catch (RuntimeException e) {
      log.error("{} failed and goes on", name, e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
