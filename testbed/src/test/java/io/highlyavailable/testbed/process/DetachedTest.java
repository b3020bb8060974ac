package io.highlyavailable.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedTest {
  @TempDir Path directory;

  @AfterEach
  void endAll() {
    Detached.all(directory).forEach(Detached::kill);
  }

  @Test
  void outlivesItsStarterAndIsFoundAgain() throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                directory.toString())
            .inheritIO()
            .start();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Detached.find(directory, "sleeper").filter(Detached::isAlive).isPresent());

    starter.destroyForcibly().waitFor();

    Detached found = Detached.find(directory, "sleeper").orElseThrow();
    assertThat(found.isAlive()).isTrue();
    found.stop(Duration.ofSeconds(5));
    assertThat(found.isAlive()).isFalse();
    assertThat(Detached.all(directory)).isEmpty();
  }

  @Test
  void sparesAProcessThatHasItsRecycledId() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(
          directory.resolve("gone.pid"), stranger.pid() + "\nanother boot:1\n/dev/null\n");

      Detached.find(directory, "gone").orElseThrow().kill();

      assertThat(stranger.isAlive()).isTrue();
      assertThat(directory.resolve("gone.pid")).doesNotExist();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void refusesASecondProcessOfTheSameName() {
    Command command = sleeper(directory);
    Detached.start(directory, command);

    assertThatThrownBy(() -> Detached.start(directory, command))
        .hasMessageContaining("sleeper runs already");
  }

  @Test
  void killEndsItsChildrenToo() throws Exception {
    Path pid = directory.resolve("child");
    Detached family =
        Detached.start(
            directory,
            Command.of(
                "family",
                directory.resolve("log"),
                List.of(
                    "bash",
                    "-c",
                    "sleep 600 & echo $! > %s.new; mv %s.new %s; wait".formatted(pid, pid, pid))));
    await().until(() -> Files.exists(pid));
    long child = Long.parseLong(Files.readString(pid).strip());

    family.kill();

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> !family.isAlive() && ProcessIdentity.of(child).isEmpty());
  }

  private static Command sleeper(Path directory) {
    return Command.of("sleeper", directory.resolve("log"), List.of("sleep", "600"));
  }

  /** Starts a process, and waits to be killed. */
  static final class Starter {
    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      Detached.start(directory, sleeper(directory));
      Thread.currentThread().join();
    }
  }
}
