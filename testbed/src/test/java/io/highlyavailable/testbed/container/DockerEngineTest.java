package io.highlyavailable.testbed.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerEngineTest {
  private static final String IMAGE = "busybox:local";

  @TempDir Path directory;

  @BeforeAll
  static void askForAnEngineOfOurOwn() {
    assumeThat(EngineChoice.ofMachine()).isInstanceOf(EngineChoice.Private.class);
  }

  @Test
  void leavesNoProcessAndNoMountWhenItsJvmIsKilled() throws Exception {
    String seconds = Integer.toString(ThreadLocalRandom.current().nextInt(100_000, 1_000_000));
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                directory.toString(),
                seconds)
            .inheritIO()
            .start();
    // The first time, packages are downloaded.
    await().atMost(Duration.ofMinutes(5)).until(() -> processes("sleep", seconds) > 0);
    assertThat(processes("dockerd", directory.toString())).isPositive();

    starter.destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(processes("sleep", seconds)).isZero();
              assertThat(processes("", directory.toString())).isZero();
            });
    assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
        .doesNotContain(directory.toString());
  }

  @Test
  void knowsNothingOfAnEngineBesideIt() throws IOException {
    try (DockerEngine one = engine(directory.resolve("a"));
        DockerEngine other = engine(directory.resolve("b"))) {
      withImage(one);
      assertThat(run(one, "echo", "hello")).isEqualTo("hello");
      assertThat(other.docker("images", "--quiet")).isEmpty();
      assertThatThrownBy(() -> run(other, "echo", "hello"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("busybox:local");
    }
  }

  private static String run(DockerEngine engine, String... command) {
    List<String> line =
        new java.util.ArrayList<>(List.of("run", "--rm", "--network=none", "--pull=never", IMAGE));
    line.addAll(List.of(command));
    return engine.docker(line.toArray(String[]::new));
  }

  private static DockerEngine engine(Path directory) throws IOException {
    return DockerEngine.start(
        Files.createDirectories(directory), directory, Progress.toStandardError());
  }

  private static void withImage(DockerEngine engine) {
    Path tree =
        DebianPackages.ofUser(Progress.toStandardError())
            .alone("busybox", List.of("busybox-static"));
    engine.importTree(tree, IMAGE, "ENTRYPOINT [\"/bin/busybox\"]");
  }

  /** How many processes have both texts in their command line, but for those that wait for them. */
  private static long processes(String one, String other) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(one) && line.contains(other))
        .filter(line -> !line.contains(Starter.class.getName()))
        .count();
  }

  /** Runs a container until it is killed itself. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] arguments) throws IOException {
      DockerEngine engine = engine(Path.of(arguments[0]));
      withImage(engine);
      run(engine, "sleep", arguments[1]);
    }
  }
}
