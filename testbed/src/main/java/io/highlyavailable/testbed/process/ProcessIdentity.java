package io.highlyavailable.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a process from a later one with the same, recycled id. On Linux by boot id and start time
 * in clock ticks, which are exact and do not move with the clock; elsewhere by the start time that
 * {@code ps} prints.
 */
final class ProcessIdentity {
  private static final int START_TIME_AFTER_NAME = 19;

  private ProcessIdentity() {}

  /** The identity of the process that has this id now; empty when there is none. */
  static Optional<String> of(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      if (Files.isReadable(Path.of("/proc/self/stat"))) {
        return Files.isReadable(stat) ? fromProc(stat) : Optional.empty();
      }
      return fromPs(pid);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> fromProc(Path stat) throws IOException {
    String text = Files.readString(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    // A zombie has ended; only its parent has not asked how.
    if (fields[0].equals("Z")) {
      return Optional.empty();
    }
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    return Optional.of(boot + ":" + fields[START_TIME_AFTER_NAME]);
  }

  private static Optional<String> fromPs(long pid) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("ps", "-o", "lstart=", "-p", Long.toString(pid));
    builder.environment().put("LC_ALL", "C");
    Process ps = builder.start();
    try (var reader = ps.inputReader()) {
      return reader.readAllAsString().lines().findFirst().map(String::strip);
    }
  }
}
