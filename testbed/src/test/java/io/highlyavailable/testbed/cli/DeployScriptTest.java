package io.highlyavailable.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy.sh says before it does anything. */
class DeployScriptTest {
  private static final List<String> BASICS =
      List.of("bash", "dirname", "sed", "cat", "readlink", "find", "mkdir", "cksum", "tr");

  @TempDir Path directory;

  private record Outcome(int exit, String output) {}

  @Test
  void helpExplainsBothUses() throws Exception {
    Outcome outcome = run("--help");

    assertThat(outcome.exit()).isZero();
    assertThat(outcome.output())
        .contains("--local [MANIFEST...]", "--down", "TESTBED_CLUSTER", "--context", "--dry-run");
    assertThat(run("--local", "--help")).isEqualTo(outcome);
  }

  @Test
  void namesAllThatTheLocalPlatformNeedsAtOnce() throws Exception {
    Outcome outcome = run("--local");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.output().lines())
        .anyMatch(line -> line.startsWith("Maven is missing: install"))
        .anyMatch(line -> line.startsWith("Python is missing: install"))
        .anyMatch(line -> line.startsWith("Go is missing: install"));
  }

  @Test
  void namesAllThatAnInstallationNeedsAtOnce() throws Exception {
    Outcome outcome = run("--dry-run");

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("helm is missing: install", "kubectl is missing: install");
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    Outcome outcome = run("--locla");

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.output()).startsWith("Unknown argument: --locla\nSee ./deploy.sh --help");
  }

  @Test
  void downWithoutAnythingRunningIsNoFailure() throws Exception {
    assertThat(run("--local", "--down")).isEqualTo(new Outcome(0, "Nothing was running.\n"));
  }

  /**
   * A copy of the script in a directory of its own, with nothing on PATH but what every machine
   * has.
   */
  private Outcome run(String... arguments) throws IOException, InterruptedException {
    Path script = directory.resolve("deploy.sh");
    Files.copy(
        Checkout.find().file("deploy.sh"),
        script,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Path bin = Files.createDirectories(directory.resolve("bin"));
    for (String basic : BASICS) {
      Path link = bin.resolve(basic);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, program(basic));
      }
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of("bash", script.toString()), Stream.of(arguments)).toList())
            .redirectErrorStream(true);
    builder.environment().put("PATH", bin.toString());
    Process process = builder.start();
    try (var reader = process.inputReader()) {
      String output = reader.readAllAsString();
      return new Outcome(process.waitFor(), output);
    }
  }

  private static Path program(String name) {
    return Stream.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " is not where every machine has it"));
  }
}
