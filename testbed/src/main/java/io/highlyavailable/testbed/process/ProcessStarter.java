package io.highlyavailable.testbed.process;

/** Starts programs, and decides by that how long they live. */
@FunctionalInterface
public interface ProcessStarter {

  /**
   * Starts a program.
   *
   * @throws java.io.UncheckedIOException when it cannot be started
   */
  RunningProcess start(Command command);
}
