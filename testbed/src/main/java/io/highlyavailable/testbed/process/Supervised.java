package io.highlyavailable.testbed.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child whose life ends with this JVM's, even when the JVM is killed with SIGKILL: a wrapper
 * holds the reading end of a pipe from the JVM and kills the child's process group when the pipe
 * ends.
 */
public final class Supervised implements RunningProcess, AutoCloseable {

  /** Long enough for a server to close its files, short enough not to hold a test run up. */
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  private final Command command;
  private final Process wrapper;
  private final ProcessHandle child;

  private Supervised(Command command, Process wrapper, ProcessHandle child) {
    this.command = command;
    this.wrapper = wrapper;
    this.child = child;
  }

  /**
   * Starts a program under supervision.
   *
   * @throws UncheckedIOException when bash or the log directory is not to be had
   */
  public static Supervised start(Command command) {
    Path log = command.log().toAbsolutePath();
    try {
      Process wrapper =
          Scripts.builder("supervise.sh", List.of(log.toString()), command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new Supervised(command, wrapper, announcedChild(wrapper, command));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.name() + ": " + e.getMessage(), e);
    }
  }

  private static ProcessHandle announcedChild(Process wrapper, Command command) throws IOException {
    // Only the id ever comes through this pipe, so one line is all there is to read.
    try (BufferedReader reader = wrapper.inputReader()) {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException("no process id from the wrapper, see " + command.log());
      }
      // A program that has ended already has no handle; the wrapper then stands for it.
      return ProcessHandle.of(Long.parseLong(line.strip())).orElse(wrapper.toHandle());
    }
  }

  @Override
  public String name() {
    return command.name();
  }

  @Override
  public long pid() {
    return child.pid();
  }

  @Override
  public Path log() {
    return command.log();
  }

  @Override
  public boolean isAlive() {
    return wrapper.isAlive() && child.isAlive();
  }

  /**
   * Waits until the program has ended.
   *
   * @return its exit code, 128 + signal when a signal ended it
   */
  public int waitFor() throws InterruptedException {
    return wrapper.waitFor();
  }

  @Override
  public void kill() {
    try {
      // The end of the pipe makes the wrapper kill the whole group.
      wrapper.getOutputStream().close();
      awaitEnd(Duration.ofSeconds(10));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop(Duration grace) {
    child.destroy();
    if (!awaitEnd(grace)) {
      kill();
    }
  }

  @Override
  public void close() {
    stop(CLOSE_GRACE);
  }

  private boolean awaitEnd(Duration limit) {
    try {
      return wrapper.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      child.destroyForcibly();
      return false;
    }
  }
}
