package io.highlyavailable.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {
  @TempDir Path directory;

  @Test
  void endsWithItsStarterEvenWhenThatIsKilled() throws Exception {
    Path pids = directory.resolve("pids");
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                pids.toString(),
                directory.resolve("log").toString())
            .inheritIO()
            .start();
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(pids));
    List<Long> family = Files.readAllLines(pids).stream().map(Long::parseLong).toList();
    assertThat(family).hasSize(2).allMatch(SupervisedTest::isAlive);

    starter.destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> family.stream().noneMatch(SupervisedTest::isAlive));
  }

  // Repeated, since what bash says of a job depends on which of the two is faster.
  @RepeatedTest(20)
  void writesItsOutputAndNothingElseToTheLog() throws Exception {
    Path log = directory.resolve("deeper/log");
    try (Supervised process =
        Supervised.start(
            new Command(
                "echo",
                List.of("bash", "-c", "echo \"$GREETING\"; exit 3"),
                Map.of("GREETING", "hello"),
                log))) {
      assertThat(process.waitFor()).isEqualTo(3);
    }
    assertThat(log).hasContent("hello");
  }

  @Test
  void killLeavesNoProcessOfTheGroup() throws IOException {
    Path pid = directory.resolve("grandchild");
    Supervised process =
        Supervised.start(
            Command.of(
                "family",
                directory.resolve("log"),
                List.of(
                    "bash",
                    "-c",
                    "sleep 600 & echo $! > %s.new; mv %s.new %s; wait".formatted(pid, pid, pid))));
    await().until(() -> Files.exists(pid));
    long grandchild = Long.parseLong(Files.readString(pid).strip());

    process.kill();

    assertThat(process.isAlive()).isFalse();
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> !isAlive(process.pid()) && !isAlive(grandchild));
  }

  @Test
  void stopKillsWhatDoesNotListen() {
    Supervised process =
        Supervised.start(
            Command.of(
                "deaf",
                directory.resolve("log"),
                List.of("bash", "-c", "trap '' TERM; while true; do sleep 0.1; done")));

    process.stop(Duration.ofMillis(300));

    assertThat(process.isAlive()).isFalse();
  }

  static boolean isAlive(long pid) {
    return ProcessIdentity.of(pid).isPresent();
  }

  /** Starts a shell with a child of its own, says who they are, and waits to be killed. */
  static final class Starter {
    public static void main(String[] arguments) throws Exception {
      Path pids = Path.of(arguments[0]);
      Path child = Path.of(arguments[0] + ".child");
      Supervised process =
          Supervised.start(
              Command.of(
                  "family",
                  Path.of(arguments[1]),
                  List.of("bash", "-c", "sleep 600 & echo $! > %s; wait".formatted(child))));
      while (!Files.exists(child) || Files.readString(child).isBlank()) {
        Thread.onSpinWait();
      }
      Path unfinished = Path.of(arguments[0] + ".new");
      Files.writeString(unfinished, process.pid() + "\n" + Files.readString(child).strip() + "\n");
      Files.move(unfinished, pids);
      process.waitFor();
    }
  }
}
