package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.junit.WithTestbed;
import io.highlyavailable.testbed.prometheus.PrometheusServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart asks of Prometheus, asked of a real one that scrapes the operator. */
@WithTestbed
@WithRig
class MetricsIT {
  private static final Path CHART = Checkout.find().file("helm/highlyavailableapp");
  private static final Path RULES = CHART.resolve("files/alerts.yaml");

  @Test
  void everythingThatTheDashboardAndTheAlertsAskIsThere(
      Rig rig, Stage stage, Toolchain toolchain, @TempDir Path directory) throws IOException {
    var operator = stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    try (var prometheus = PrometheusServer.start(toolchain, directory, operator.http(), RULES)) {
      scraped(prometheus, app);
      for (String expression : expressions()) {
        assertThat(prometheus.query(expression).isArray()).as(expression).isTrue();
        assertAnswerable(prometheus, expression);
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(rules(prometheus)).isNotEmpty().containsOnly("ok"));
      assertShown(prometheus);
    }
  }

  /** Rates need two scrapes. */
  private static void scraped(PrometheusServer prometheus, AppRig app) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(IllegalStateException.class)
        .untilAsserted(
            () ->
                assertThat(
                        prometheus.query(
                            "count_over_time(haapp_app_phase{namespace=\"%s\"}[1m]) > 2"
                                .formatted(app.namespace())))
                    .isNotEmpty());
  }

  /** All series that an expression names exist, with all the labels it names. */
  private static void assertAnswerable(PrometheusServer prometheus, String expression) {
    JsonNode tree = prometheus.parse(expression);
    for (JsonNode selector : tree.findParents("matchers")) {
      String metric = selector.path("name").asText();
      StringBuilder labels = new StringBuilder();
      for (JsonNode matcher : selector.path("matchers")) {
        if (!matcher.path("name").asText().equals("__name__")) {
          labels.append(matcher.path("name").asText()).append("!=\"\",");
        }
      }
      String there = "%s{%s}".formatted(metric, labels);
      assertThat(prometheus.query(there)).as("%s of %s", there, expression).isNotEmpty();
    }
    for (String label : groupings(tree)) {
      String metric = tree.findParents("matchers").getFirst().path("name").asText();
      String there = "%s{%s!=\"\"}".formatted(metric, label);
      assertThat(prometheus.query(there)).as("%s of %s", there, expression).isNotEmpty();
    }
  }

  private static TreeSet<String> groupings(JsonNode tree) {
    TreeSet<String> labels = new TreeSet<>();
    for (JsonNode grouping : tree.findValues("grouping")) {
      grouping.forEach(label -> labels.add(label.asText()));
    }
    return labels;
  }

  /** Panels of a healthy operator are not empty, but for those of what goes wrong. */
  private static void assertShown(PrometheusServer prometheus) throws IOException {
    List<String> empty = new ArrayList<>();
    for (JsonNode panel : dashboard().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        if (prometheus.query(filled(target.path("expr").asText())).isEmpty()) {
          empty.add(panel.path("title").asText());
        }
      }
    }
    assertThat(empty)
        .isSubsetOf(
            "Components that are not ready", "Not ready now", "Calls that failed, per second");
  }

  private static List<String> rules(PrometheusServer prometheus) {
    return prometheus.rules().findValuesAsText("health");
  }

  private static List<String> expressions() throws IOException {
    List<String> all = new ArrayList<>();
    dashboard().findValuesAsText("expr").forEach(expression -> all.add(filled(expression)));
    all.addAll(new YAMLMapper().readTree(RULES.toFile()).findValuesAsText("expr"));
    assertThat(all).hasSizeGreaterThan(30);
    return all;
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(CHART.resolve("files/grafana-dashboard.json").toFile());
  }

  /** As Grafana does with nothing chosen. */
  private static String filled(String expression) {
    String filled =
        expression
            .replace("$__rate_interval", "1m")
            .replace("$namespace", ".*")
            .replace("$app", ".*");
    assertThat(filled).doesNotContain("$");
    return filled;
  }

  @Test
  void driftIsCountedAndTheSeriesOfAnAppEndWithIt(Rig rig, Stage stage) {
    var operator = stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    String series = "namespace=\"" + app.namespace() + "\"";
    String drifts = "haapp_drift_total{component=\"database\",name=\"shop\"," + series + "}";
    app.eventually(() -> assertThat(operator.metrics()).contains(drifts + " 0.0"));

    rig.aws()
        .rds()
        .modifyDBInstance(
            r ->
                r.dbInstanceIdentifier(app.aws().resource())
                    .backupRetentionPeriod(1)
                    .applyImmediately(true));
    app.eventually(() -> assertThat(operator.metrics()).contains(drifts + " 1.0"));

    app.patch("spec: {deletionProtection: false, deletionPolicy: Delete}");
    app.delete();
    app.eventually(() -> assertThat(operator.metrics()).doesNotContain(series));
  }
}
