package io.highlyavailable.testbed.process;

import java.nio.file.Path;
import java.time.Duration;

/** A program that was started, whatever its life is bound to. */
public sealed interface RunningProcess permits Supervised, Detached {

  /** The name in its {@link Command}. */
  String name();

  /** The id of the program itself, not of anything that watches over it. */
  long pid();

  /** Whether the program still runs. */
  boolean isAlive();

  /** Where standard output and error go. */
  Path log();

  /**
   * Ends it at once (SIGKILL) and returns when it is gone. Does nothing when it is gone already.
   */
  void kill();

  /**
   * Asks it to end (SIGTERM), waits, and kills it when it has not ended by then.
   *
   * @param grace how long it may take
   */
  void stop(Duration grace);
}
