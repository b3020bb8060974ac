package io.highlyavailable.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.aws.CloudCall;
import io.highlyavailable.operator.engine.CloudLoad;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.plan.Backups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final AppKey SHOP = new AppKey("default", "shop");
  private static final String OF_SHOP = "name=\"shop\",namespace=\"default\"";

  private Instant now = Instant.parse("2026-11-23T10:00:00Z");
  private final Metrics metrics = new Metrics(() -> now);

  private static HighlyAvailableAppStatus status(String phase, int generation, String... drifted) {
    StringBuilder drift = new StringBuilder();
    for (String field : drifted) {
      drift.append("{field: %s, desired: '7', actual: '1', action: Corrected},".formatted(field));
    }
    return Serialization.unmarshal(
        """
        observedGeneration: %d
        phase: %s
        components:
        - {name: database, kind: rds, ownership: Created, state: available, ready: true, drift: [%s]}
        - {name: ingress, kind: Ingress, ownership: Created, state: none, ready: false}
        """
            .formatted(generation, phase, drift),
        HighlyAvailableAppStatus.class);
  }

  private void seen(HighlyAvailableAppStatus status) {
    metrics.apps().seen(SHOP, status, Backups.NONE);
  }

  private String drifts() {
    return line("haapp_drift_total{component=\"database\"," + OF_SHOP + "} ");
  }

  private String line(String start) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .findFirst()
        .orElse("absent");
  }

  @Test
  void tellsWhichComponentsOfAnAppAreReady() {
    seen(status("Degraded", 1));

    assertThat(line("haapp_component_ready{component=\"database\"," + OF_SHOP + "} "))
        .isEqualTo("1.0");
    assertThat(line("haapp_component_ready{component=\"ingress\"," + OF_SHOP + "} "))
        .isEqualTo("0.0");
    assertThat(line("haapp_app_phase{" + OF_SHOP + ",phase=\"Degraded\"} ")).isEqualTo("1.0");
  }

  @Test
  void countsEachSettingThatOthersChangedOnce() {
    seen(status("Ready", 1));
    assertThat(drifts()).isEqualTo("0.0");
    seen(status("Ready", 1, "backupRetentionDays"));
    seen(status("Ready", 1, "backupRetentionDays", "deletionProtection"));
    seen(status("Degraded", 1, "deletionProtection"));
    assertThat(drifts()).isEqualTo("2.0");
    seen(status("Ready", 1));
    seen(status("Ready", 1, "backupRetentionDays"));
    assertThat(drifts()).isEqualTo("3.0");
  }

  @Test
  void takesWhatTheOwnerChangedForNoDrift() {
    seen(status("Progressing", 1, "storageGiB"));
    seen(status("Progressing", 1, "storageGiB", "backupRetentionDays"));
    seen(status("Ready", 1));
    seen(status("Ready", 2, "instanceClass"));
    seen(status("Ready", 2, "instanceClass"));

    assertThat(drifts()).isEqualTo("0.0");
  }

  @Test
  void tellsTheAgeOfBackupsAsTimePasses() {
    Backups backups = new Backups(now.minusSeconds(300), now.minusSeconds(900));
    metrics.apps().seen(SHOP, status("Ready", 1), backups);
    now = now.plusSeconds(60);
    seen(status("Ready", 1));

    assertThat(line("haapp_backup_age_seconds{" + OF_SHOP + ",place=\"region\"} "))
        .isEqualTo("360.0");
    assertThat(line("haapp_backup_age_seconds{" + OF_SHOP + ",place=\"recovery\"} "))
        .isEqualTo("960.0");
  }

  @Test
  void tellsNothingOfAnAppThatIsGone() {
    seen(status("Ready", 1));
    metrics.apps().seen(new AppKey("default", "blog"), status("Ready", 1), Backups.NONE);
    metrics.apps().forget(SHOP);

    assertThat(metrics.scrape()).doesNotContain("shop").contains("name=\"blog\"");
  }

  private static CloudCall call(String code, long millis) {
    return new CloudCall(
        "rds", "Rds", "CreateDBInstance", "eu-west-1", code, 200, "", Duration.ofMillis(millis));
  }

  @Test
  void countsAndTimesCallsToTheCloud() {
    metrics.called(call("OK", 250));
    metrics.called(call("Throttling", 50));

    assertThat(
            line(
                "haapp_cloud_requests_total"
                    + "{code=\"Throttling\",operation=\"CreateDBInstance\",service=\"rds\"} "))
        .isEqualTo("1.0");
    assertThat(
            line(
                "haapp_cloud_request_duration_seconds_sum"
                    + "{operation=\"CreateDBInstance\",service=\"rds\"} "))
        .isEqualTo("0.3");
  }

  @Test
  void tellsWhatThereIsToDoAndHowOldItsKnowledgeIs() {
    CloudLoad load =
        new CloudLoad(
            4, 2, List.of(new CloudLoad.Inventory("eu-west-1", "database", now.minusSeconds(30))));
    metrics.watch(() -> 7, () -> load);

    assertThat(line("haapp_queue_depth{queue=\"reconciliations\"} ")).isEqualTo("7.0");
    assertThat(line("haapp_queue_depth{queue=\"actions\"} ")).isEqualTo("4.0");
    assertThat(line("haapp_actions_running ")).isEqualTo("2.0");
    assertThat(line("haapp_inventory_age_seconds{inventory=\"database\",region=\"eu-west-1\"} "))
        .isEqualTo("30.0");
  }

  @Test
  void saysWhetherThisProcessActs() {
    assertThat(line("haapp_leader ")).isEqualTo("0.0");
    metrics.leading(true);
    assertThat(line("haapp_leader ")).isEqualTo("1.0");
  }

  @Test
  void countsVerificationsFromZero() {
    assertThat(line("haapp_backup_verifications_total{result=\"failed\"} ")).isEqualTo("0.0");
    metrics.verified("failed");
    assertThat(line("haapp_backup_verifications_total{result=\"failed\"} ")).isEqualTo("1.0");
  }
}
