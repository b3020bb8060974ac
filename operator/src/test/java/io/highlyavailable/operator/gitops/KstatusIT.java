package io.highlyavailable.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What kstatus itself, by which Flux and Helm wait, makes of each state of an app. */
@WithTestbed
class KstatusIT {
  private static final List<ObservedApp> APPS = ObservedApp.all();

  /** A verdict and its reason. */
  private record Verdict(String status, String message) {}

  @Test
  void everyStateHasTheVerdictThatIsExpected(Toolchain toolchain) throws Exception {
    Golden.check("kstatus.yaml", verdicts(toolchain));
  }

  /** Both deployers tell the same story, but that kstatus has no word for what is paused. */
  @Test
  void agreesWithArgoCd(Toolchain toolchain) throws Exception {
    Map<String, Verdict> verdicts = verdicts(toolchain);
    for (ObservedApp app : APPS) {
      if (app.object().path("status").isMissingNode()) {
        continue; // The CRD sees to it that there is none; see below.
      }
      String verdict = verdicts.get(app.state()).status();
      switch (HealthScript.of(app).status()) {
        case "Healthy" -> assertThat(verdict).as(app.state()).isEqualTo("Current");
        case "Degraded" -> assertThat(verdict).as(app.state()).isIn("Failed", "InProgress");
        case "Progressing" -> assertThat(verdict).as(app.state()).isIn("InProgress", "Terminating");
        default -> assertThat(app.state()).startsWith("paused");
      }
    }
  }

  /** Why the CRD gives an app a status before the operator does. */
  @Test
  void takesAnAppWithoutStatusForFinishedButNotOneThatNobodyHasSeen(Toolchain toolchain)
      throws Exception {
    Map<String, Verdict> verdicts = verdicts(toolchain);
    assertThat(verdicts.get("without-a-status").status()).isEqualTo("Current");
    assertThat(verdicts.get("unseen-by-the-operator").status()).isEqualTo("InProgress");
  }

  private static Map<String, Verdict> verdicts(Toolchain toolchain)
      throws IOException, InterruptedException {
    String documents =
        APPS.stream()
            .map(app -> Serialization.asYaml((JsonNode) app.object()))
            .collect(Collectors.joining());
    Process process = new ProcessBuilder(toolchain.gitOps().kstatus().toString()).start();
    process.getOutputStream().write(documents.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as("%s", lines).isZero();
    assertThat(lines).hasSameSizeAs(APPS);
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split("\t", 2);
      verdicts.put(APPS.get(i).state(), new Verdict(parts[0], parts[1]));
    }
    return verdicts;
  }
}
