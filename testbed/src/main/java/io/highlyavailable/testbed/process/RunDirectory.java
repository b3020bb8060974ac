package io.highlyavailable.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one run keeps its data, removed at the end; and its logs, which stay. What runs that were
 * killed have left behind, the next run removes.
 */
public final class RunDirectory implements AutoCloseable {
  private static final String OWNER = "owner";

  private final Path data;
  private final Path logs;

  private RunDirectory(Path data, Path logs) {
    this.data = data;
    this.logs = logs;
  }

  /**
   * A new directory for this JVM: data below the system's temporary directory, logs in {@code
   * target/testbed} of the working directory where there is a {@code target}, else with the data.
   *
   * @throws UncheckedIOException when it cannot be made
   */
  public static RunDirectory create() {
    try {
      Path parent =
          Path.of(
              System.getProperty("java.io.tmpdir"),
              "highlyavailableapp-testbed-" + System.getProperty("user.name"));
      Files.createDirectories(parent);
      removeAbandoned(parent);
      Path data =
          Files.createTempDirectory(
              parent,
              "run-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      long pid = ProcessHandle.current().pid();
      Files.writeString(data.resolve(OWNER), pid + "\n" + ProcessIdentity.of(pid).orElse(""));
      return new RunDirectory(data, Files.createDirectories(logsOf(data, pid)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for this run", e);
    }
  }

  private static Path logsOf(Path data, long pid) {
    Path target = Path.of("target").toAbsolutePath();
    String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
    return Files.isDirectory(target)
        ? target.resolve("testbed").resolve(time + "-" + pid)
        : data.resolve("logs");
  }

  /** For data that nobody needs after the run. Absolute. */
  public Path data() {
    return data;
  }

  /** For logs. Absolute. */
  public Path logs() {
    return logs;
  }

  /** Removes the data, and the logs with them where they had no better place. */
  @Override
  public void close() {
    removeTree(data);
  }

  private static void removeAbandoned(Path parent) throws IOException {
    List<Path> runs;
    try (Stream<Path> entries = Files.list(parent)) {
      runs = entries.toList();
    }
    runs.stream().filter(RunDirectory::isAbandoned).forEach(RunDirectory::removeTree);
  }

  private static boolean isAbandoned(Path run) {
    try {
      List<String> owner = Files.readAllLines(run.resolve(OWNER));
      return owner.size() == 2
          && ProcessIdentity.of(Long.parseLong(owner.get(0)))
              .filter(owner.get(1)::equals)
              .isEmpty();
    } catch (IOException | NumberFormatException stillBeingMade) {
      return false;
    }
  }

  /** Removes as much as can be; a file that another run removes at the same time is no failure. */
  private static void removeTree(Path tree) {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException left) {
      // The next run tries again.
    }
  }
}
