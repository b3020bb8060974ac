package io.highlyavailable.operator.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the kernel says of a process.
 *
 * @param status the lines of {@code /proc/PID/status}, by name
 * @param rootOptions how its root is mounted, such as {@code ro,relatime}
 * @param memoryLimit bytes that its control group may use
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status</a>
 */
record ProcessFacts(Map<String, String> status, String rootOptions, long memoryLimit) {
  private static final int MOUNT_POINT = 4;
  private static final int OPTIONS = 5;

  static ProcessFacts of(long pid) {
    Path proc = Path.of("/proc", Long.toString(pid));
    Map<String, String> status =
        read(proc.resolve("status"))
            .lines()
            .map(line -> line.split(":\\s*", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    String root =
        read(proc.resolve("mountinfo"))
            .lines()
            .map(line -> line.split(" "))
            .filter(fields -> fields[MOUNT_POINT].equals("/"))
            .map(fields -> fields[OPTIONS])
            .reduce((former, latter) -> latter)
            .orElseThrow();
    return new ProcessFacts(status, root, memoryLimit(read(proc.resolve("cgroup"))));
  }

  /** By version 1 or 2 of the control groups. */
  private static long memoryLimit(String cgroups) {
    Path root = Path.of("/sys/fs/cgroup");
    return cgroups
        .lines()
        .map(line -> line.split(":", 3))
        .filter(fields -> fields[1].equals("memory"))
        .findFirst()
        .map(fields -> root.resolve("memory" + fields[2]).resolve("memory.limit_in_bytes"))
        .or(
            () ->
                cgroups
                    .lines()
                    .filter(line -> line.startsWith("0::"))
                    .findFirst()
                    .map(line -> root.resolve(line.substring(4)).resolve("memory.max")))
        .map(file -> Long.parseLong(read(file).strip()))
        .orElseThrow();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
