package io.highlyavailable.testbed.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Directories that are built once and then only read. A directory appears under its final name by a
 * rename after its build succeeded, so what is there is whole; a file lock lets one of several
 * first runs build while the others wait.
 */
public final class BuildCache {
  private static final Map<Path, ReentrantLock> IN_THIS_JVM = new ConcurrentHashMap<>();

  private final Path directory;
  private final Progress progress;

  /** Keeps its directories in this one. */
  public BuildCache(Path directory, Progress progress) {
    this.directory = directory.toAbsolutePath();
    this.progress = progress;
  }

  /**
   * The directory for this recipe, built when it is not there.
   *
   * @throws BuildFailedException when the build fails; the next call tries again
   */
  public Path get(Recipe recipe) {
    Path ready = directory.resolve(recipe.key());
    if (Files.isDirectory(ready)) {
      return ready;
    }
    ReentrantLock lock = IN_THIS_JVM.computeIfAbsent(ready, p -> new ReentrantLock());
    lock.lock();
    try {
      Files.createDirectories(directory);
      return lockedAmongProcesses(recipe, ready);
    } catch (IOException e) {
      throw new BuildFailedException("cannot build " + recipe.name() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildFailedException("interrupted while building " + recipe.name(), e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * As {@link #get}, and removes what other recipes of that name have left: for what is large and
   * of no use once its inputs have changed.
   */
  public Path getAndForgetOthers(Recipe recipe) {
    Path ready = get(recipe);
    Pattern others = Pattern.compile(Pattern.quote(recipe.name()) + "-[0-9a-f]{16}");
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.filter(path -> !path.equals(ready)).toList()) {
        if (others.matcher(entry.getFileName().toString()).matches()) {
          deleteTree(entry);
        }
      }
      return ready;
    } catch (IOException e) {
      throw new BuildFailedException("cannot tidy up " + directory + ": " + e, e);
    }
  }

  /** Whether a call of {@link #get} would return at once. */
  boolean has(Recipe recipe) {
    return Files.isDirectory(directory.resolve(recipe.key()));
  }

  Path directory() {
    return directory;
  }

  private Path lockedAmongProcesses(Recipe recipe, Path ready)
      throws IOException, InterruptedException {
    Path lockFile = directory.resolve(recipe.key() + ".lock");
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        progress.report(recipe.name(), "waiting for another run that builds it");
        channel.lock();
      }
      if (!Files.isDirectory(ready)) {
        build(recipe, ready);
      }
      return ready;
    }
  }

  private void build(Recipe recipe, Path ready) throws IOException, InterruptedException {
    // We hold the lock: whatever lies here was left by a build that was interrupted.
    Path unfinished = directory.resolve(recipe.key() + ".unfinished");
    deleteTree(unfinished);
    Files.createDirectories(unfinished);
    Path log = directory.resolve(recipe.key() + ".log");
    Files.deleteIfExists(log);
    progress.report(recipe.name(), "building " + recipe.typically());
    long start = System.nanoTime();
    recipe.build().into(unfinished, log);
    Files.move(unfinished, ready, StandardCopyOption.ATOMIC_MOVE);
    progress.report(
        recipe.name(), "built in " + inWords(Duration.ofNanos(System.nanoTime() - start)));
  }

  /** A duration as people write it: {@code 48s} or {@code 3m05s}. */
  static String inWords(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 60 ? seconds + "s" : "%dm%02ds".formatted(seconds / 60, seconds % 60);
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(tree)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  /**
   * The user's cache: TESTBED_CACHE, else highlyavailableapp-testbed in XDG_CACHE_HOME or ~/.cache.
   */
  public static Path defaultDirectory() {
    String own =
        System.getProperty("testbed.cache", System.getenv().getOrDefault("TESTBED_CACHE", ""));
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return base.resolve("highlyavailableapp-testbed");
  }

  /** The text of a file that a recipe depends on. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
