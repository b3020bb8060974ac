package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart's alerts, by promtool. */
@WithTestbed
class AlertsIT {
  private static final Path RULES = Helm.chart().resolve("files/alerts.yaml");
  private static final Path TESTS =
      Checkout.find().file("operator/src/test/resources/alerts/tests.yaml");

  @Test
  void areValid(Toolchain toolchain) throws Exception {
    assertThat(
            promtool(toolchain, "check", "rules", "--lint=all", "--lint-fatal", RULES.toString()))
        .contains("SUCCESS");
  }

  @Test
  void fireWhenTheyShouldAndNotBefore(Toolchain toolchain, @TempDir Path directory)
      throws Exception {
    Path tests = directory.resolve("tests.yaml");
    Files.writeString(
        tests, Files.readString(TESTS).replace("[RULES]", "[\"%s\"]".formatted(RULES)));
    assertThat(promtool(toolchain, "test", "rules", tests.toString())).contains("SUCCESS");
  }

  @Test
  void areEachSeenToFireAndToStaySilent() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    for (JsonNode test : RenderedChart.parseOne(Files.readString(TESTS)).path("tests")) {
      test.path("alert_rule_test").forEach(cases::add);
    }
    List<String> alerts = new ArrayList<>();
    for (JsonNode group : RenderedChart.file("files/alerts.yaml").path("groups")) {
      group.path("rules").forEach(rule -> alerts.add(rule.path("alert").asText()));
    }
    assertThat(named(cases, false)).containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(named(cases, true)).containsExactlyInAnyOrderElementsOf(alerts);
  }

  private static Set<String> named(List<JsonNode> cases, boolean silent) {
    return cases.stream()
        .filter(one -> one.path("exp_alerts").isEmpty() == silent)
        .map(one -> one.path("alertname").asText())
        .collect(Collectors.toSet());
  }

  private static String promtool(Toolchain toolchain, String... arguments) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(toolchain.prometheus().resolve("promtool").toString());
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
