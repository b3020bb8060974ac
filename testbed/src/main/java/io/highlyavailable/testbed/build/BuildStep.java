package io.highlyavailable.testbed.build;

import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.LogFile;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs one program of a build to its end, under supervision, and reports every ten seconds that it
 * goes on.
 */
public final class BuildStep {
  private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

  private final String name;
  private final Path log;
  private final Progress progress;
  private final String what;
  private final String unit;

  /**
   * A step of a build.
   *
   * @param what what is built, and how long that takes, for people to read
   * @param unit what a line of the program's output stands for, such as {@code packages}
   */
  public BuildStep(String name, Path log, Progress progress, String what, String unit) {
    this.name = name;
    this.log = log;
    this.progress = progress;
    this.what = what;
    this.unit = unit;
  }

  /**
   * Runs a program to its end.
   *
   * @throws BuildFailedException when it fails, with the end of the log
   */
  public void run(Map<String, String> environment, List<String> line)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (Supervised program = Supervised.start(new Command(name, line, environment, log))) {
      CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> waitFor(program));
      while (true) {
        try {
          int code = exit.get(REPORT_EVERY.toSeconds(), TimeUnit.SECONDS);
          if (code != 0) {
            throw failed(line, code);
          }
          return;
        } catch (TimeoutException stillRunning) {
          progress.report(name, stateAfter(Duration.ofNanos(System.nanoTime() - start)));
        } catch (java.util.concurrent.ExecutionException e) {
          throw new IOException(e.getCause());
        }
      }
    }
  }

  private static int waitFor(Supervised program) {
    try {
      return program.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private String stateAfter(Duration elapsed) throws IOException {
    return what + ": " + BuildCache.inWords(elapsed) + ", " + lines().size() + " " + unit;
  }

  private BuildFailedException failed(List<String> line, int code) {
    return new BuildFailedException(
        "building %s failed: `%s` ended with %d; the end of %s:%n%s"
            .formatted(name, String.join(" ", line), code, log, LogFile.tail(log)));
  }

  private List<String> lines() throws IOException {
    return Files.exists(log)
        ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList()
        : List.of();
  }
}
