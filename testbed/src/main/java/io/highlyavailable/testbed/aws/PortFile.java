package io.highlyavailable.testbed.aws;

import io.highlyavailable.testbed.process.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The file that a server writes its port to once it serves. */
record PortFile(Path path) {

  /** Importing moto took 2 s on an idle machine and 15 s on one with a load of 17. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A fresh one in the directory of a log, which is made when missing. */
  static PortFile beside(Path log) {
    Path file = log.toAbsolutePath().resolveSibling(log.getFileName() + ".port");
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + file, e);
    }
    return new PortFile(file);
  }

  /**
   * Waits for the port.
   *
   * @throws IllegalStateException when the process ends first, or writes nothing for a minute
   */
  int await(RunningProcess process) {
    long end = System.nanoTime() + LIMIT.toNanos();
    try {
      while (!Files.exists(path)) {
        if (!process.isAlive() || System.nanoTime() > end) {
          process.kill();
          throw new IllegalStateException(process.name() + " does not serve, see " + process.log());
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return Integer.parseInt(Files.readString(path).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.kill();
      throw new IllegalStateException("interrupted while waiting for " + process.name(), e);
    }
  }
}
