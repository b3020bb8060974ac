package io.highlyavailable.testbed.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
  @TempDir Path directory;
  private final List<String> told = new CopyOnWriteArrayList<>();

  private BuildCache cache() {
    return new BuildCache(
        directory.resolve("cache"), (name, message) -> told.add(name + ": " + message));
  }

  @Test
  void buildsOnceAndSaysWhat() {
    AtomicInteger builds = new AtomicInteger();
    Recipe recipe =
        recipe(
            "1",
            (into, log) -> Files.writeString(into.resolve("a"), "" + builds.incrementAndGet()));

    Path first = cache().get(recipe);
    Path second = cache().get(recipe);

    assertThat(first).isEqualTo(second);
    assertThat(first.resolve("a")).hasContent("1");
    assertThat(told).first().asString().isEqualTo("thing: building a thing (a moment, once)");
  }

  @Test
  void anotherInputIsAnotherBuild() {
    Recipe.Build build = (into, log) -> Files.createFile(into.resolve("a"));

    assertThat(cache().get(recipe("1", build))).isNotEqualTo(cache().get(recipe("2", build)));
  }

  @Test
  void aFailedBuildLeavesNothingAndIsTriedAgain() {
    Recipe failing =
        recipe(
            "1",
            (into, log) -> {
              Files.createFile(into.resolve("half"));
              throw new IOException("no space");
            });

    assertThatThrownBy(() -> cache().get(failing))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("no space");
    Path whole = cache().get(recipe("1", (into, log) -> Files.createFile(into.resolve("whole"))));
    assertThat(whole).isDirectoryContaining("glob:**whole").isDirectoryNotContaining("glob:**half");
  }

  @Test
  void threadsBuildTheSameThingOnce() {
    AtomicInteger builds = new AtomicInteger();
    Recipe recipe = recipe("1", (into, log) -> builds.incrementAndGet());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.submit(() -> cache().get(recipe));
      }
    }
    assertThat(builds).hasValue(1);
  }

  @Test
  void ofTwoFirstRunsOneBuildsAndTheOtherWaits() throws Exception {
    try (Supervised first = run("first", "1");
        Supervised second = run("second", "1")) {
      assertThat(first.waitFor()).isZero();
      assertThat(second.waitFor()).isZero();
    }
    assertThat(Files.readAllLines(directory.resolve("builds"))).hasSize(1);
  }

  @Test
  void aRunThatIsKilledInTheMiddleHindersNobody() throws Exception {
    try (Supervised killed = run("killed", "600")) {
      await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(directory.resolve("builds")));
      killed.kill();
    }

    try (Supervised next = run("next", "0")) {
      assertThat(next.waitFor()).isZero();
    }
    assertThat(Files.readAllLines(directory.resolve("builds"))).hasSize(2);
    assertThat(cache().get(Builder.recipe(directory, "0")).resolve("whole")).exists();
  }

  private Supervised run(String name, String seconds) {
    return Supervised.start(
        Command.of(
            name,
            directory.resolve(name + ".log"),
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Builder.class.getName(),
                directory.toString(),
                seconds)));
  }

  private static Recipe recipe(String input, Recipe.Build build) {
    return new Recipe("thing", "a thing (a moment, once)", List.of(input), build);
  }

  /** A run of its own that builds for some seconds. */
  static final class Builder {
    public static void main(String[] arguments) {
      Path directory = Path.of(arguments[0]);
      new BuildCache(directory.resolve("cache"), Progress.toStandardError())
          .get(recipe(directory, arguments[1]));
    }

    static Recipe recipe(Path directory, String seconds) {
      return BuildCacheTest.recipe(
          "same",
          (into, log) -> {
            Files.writeString(
                directory.resolve("builds"),
                "build\n",
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
            new BuildStep("sleep", log, Progress.toStandardError(), "sleep", "lines")
                .run(java.util.Map.of(), List.of("sleep", seconds));
            Files.createFile(into.resolve("whole"));
          });
    }
  }
}
