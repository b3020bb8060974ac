package io.highlyavailable.testbed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that outlives this JVM and is found again by a record: a file of three lines, its id,
 * its identity and its log. The process writes the record itself before it becomes the program, so
 * that none is lost when we die in between; and it is only ever signalled while its identity
 * matches, so that nothing else with a recycled id is.
 */
public final class Detached implements RunningProcess {

  private static final Duration START_LIMIT = Duration.ofSeconds(10);

  private final Path record;
  private final Path log;
  private final long pid;
  private final String identity;

  private Detached(Path record, Path log, long pid, String identity) {
    this.record = record;
    this.log = log;
    this.pid = pid;
    this.identity = identity;
  }

  /**
   * Starts a program that stays when this JVM ends.
   *
   * @param records directory of the records; made when missing
   * @throws IllegalStateException when one of the same name runs already
   * @throws UncheckedIOException when it cannot be started
   */
  public static Detached start(Path records, Command command) {
    Path record = records.toAbsolutePath().resolve(command.name() + ".pid");
    if (find(record).filter(Detached::isAlive).isPresent()) {
      throw new IllegalStateException(command.name() + " runs already, see " + record);
    }
    Path log = command.log().toAbsolutePath();
    try {
      Files.createDirectories(record.getParent());
      Files.deleteIfExists(record);
      Process launcher =
          Scripts.builder("detach.sh", List.of(record.toString(), log.toString()), command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      launcher.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
      return awaitRecord(record, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.name() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting " + command.name(), e);
    }
  }

  private static Detached awaitRecord(Path record, Path log)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Optional<Detached> found = find(record);
      if (found.isPresent()) {
        return found.get();
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    throw new IOException("it wrote no record, see " + log);
  }

  /** The programs recorded in a directory, running or not, by name. */
  public static List<Detached> all(Path records) {
    if (!Files.isDirectory(records)) {
      return List.of();
    }
    try (var files = Files.list(records)) {
      List<Detached> found = new ArrayList<>();
      files
          .filter(f -> f.toString().endsWith(".pid"))
          .sorted()
          .forEach(f -> find(f).ifPresent(found::add));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + records, e);
    }
  }

  /** The program of one name, when it is recorded. */
  public static Optional<Detached> find(Path records, String name) {
    return find(records.toAbsolutePath().resolve(name + ".pid"));
  }

  private static Optional<Detached> find(Path record) {
    try {
      List<String> lines = Files.readAllLines(record);
      return Optional.of(
          new Detached(
              record,
              Path.of(lines.get(2)),
              Long.parseLong(lines.get(0).strip()),
              lines.get(1).strip()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return record.getFileName().toString().replaceAll("\\.pid$", "");
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public boolean isAlive() {
    return ProcessIdentity.of(pid).filter(identity::equals).isPresent();
  }

  @Override
  public void kill() {
    end(ProcessHandle::destroyForcibly);
    forget();
  }

  @Override
  public void stop(Duration grace) {
    if (!end(ProcessHandle::destroy, grace)) {
      end(ProcessHandle::destroyForcibly);
    }
    forget();
  }

  private void end(Signal signal) {
    end(signal, Duration.ofSeconds(10));
  }

  private boolean end(Signal signal, Duration limit) {
    if (!isAlive()) {
      return true;
    }
    List<ProcessHandle> family = new ArrayList<>();
    ProcessHandle.of(pid).ifPresent(top -> top.descendants().forEach(family::add));
    ProcessHandle.of(pid).ifPresent(family::add);
    family.forEach(signal::send);
    long end = System.nanoTime() + limit.toNanos();
    while (family.stream().anyMatch(p -> ProcessIdentity.of(p.pid()).isPresent())) {
      if (System.nanoTime() > end || !pause()) {
        return false;
      }
    }
    return true;
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(record);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + record, e);
    }
  }

  /** A way to tell a process that it shall end. */
  private interface Signal {
    boolean send(ProcessHandle process);
  }
}
