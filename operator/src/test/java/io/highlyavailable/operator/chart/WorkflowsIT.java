package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workflows run what people run, and say nothing that GitHub would not understand. */
@WithTestbed
class WorkflowsIT {
  private static final Checkout CHECKOUT = Checkout.find();

  @Test
  void passActionlint(Toolchain toolchain) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(toolchain.checks().resolve("actionlint").toString());
    // Found on some machines only: the result is to be the same on all.
    line.addAll(List.of("-shellcheck=", "-pyflakes=", "-no-color"));
    try (Stream<Path> files = Files.list(CHECKOUT.file(".github/workflows"))) {
      files.map(Path::toString).sorted().forEach(line::add);
    }
    Process process =
        new ProcessBuilder(line)
            .directory(CHECKOUT.file(".").toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void runBeforeAMergeAndBeforeAReleaseWhatCiRuns() {
    assertThat(commands("build")).contains(".ci/run");
    List<String> release = commands("release");
    assertThat(release).contains(".ci/run");
    assertThat(release.indexOf(".ci/run"))
        .isLessThan(
            release.indexOf(
                release.stream().filter(c -> c.startsWith("release/release.sh")).findAny().get()));
  }

  @Test
  void sweepByNightThroughTheDocumentedSizes() throws IOException {
    String nightly = text(".github/workflows/nightly.yml");
    try (Stream<String> lines = Files.lines(CHECKOUT.file("docs/testing.md"))) {
      List<String> documented =
          lines
              .filter(
                  l ->
                      l.startsWith("    mvn ")
                          && l.matches(".*-D([a-z]+\\.(size|apps|days)|argocd)=.*"))
              .toList();
      assertThat(documented).hasSizeGreaterThan(6);
      for (String command : documented) {
        Stream.of(command.split("\\s+"))
            .filter(
                option -> option.matches("-D(it\\.test|test|sweep|scale|traffic|random|argocd).*"))
            .forEach(option -> assertThat(nightly).as(command).contains(option));
      }
    }
  }

  private static List<String> commands(String workflow) {
    JsonNode jobs = RenderedChart.parseOne(text(".github/workflows/" + workflow + ".yml"));
    return jobs.path("jobs")
        .valueStream()
        .flatMap(job -> job.path("steps").valueStream())
        .filter(step -> step.has("run"))
        .map(step -> step.path("run").asText())
        .toList();
  }

  private static String text(String file) {
    try {
      return Files.readString(CHECKOUT.file(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
