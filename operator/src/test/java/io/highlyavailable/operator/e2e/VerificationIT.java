package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.VerificationResult;
import io.highlyavailable.testbed.operator.OperatorProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** A backup is restored, opened and let go, whatever happens to the operator meanwhile. */
@WithRig
class VerificationIT {
  private static final String MANIFEST =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1.4.2
        database: {rds: {engine: postgres}}
      """;

  private static final Duration NONE = Duration.ZERO;

  private static List<DBInstance> temporary(Rig rig, AppRig app) {
    return rig.aws().rds().describeDBInstances().dbInstances().stream()
        .filter(it -> it.dbInstanceIdentifier().equals(app.aws().resource() + "-verify"))
        .toList();
  }

  @Test
  void aBackupIsRestoredOpenedAndLetGoWhateverHappensMeanwhile(Rig rig, Stage stage) {
    OperatorProcess operator = stage.operator(stage.ownSettings());
    AppRig app = stage.apply(MANIFEST).awaitReady();
    DBInstance original = app.aws().database().orElseThrow();

    rig.emulator().transitions().rds(Duration.ofHours(1), NONE, NONE);
    try {
      app.patch("spec: {backup: {verify: {}}}");
      app.eventually(
          () -> assertThat(app.component("database-verification").state()).isEqualTo("creating"));
      assertThat(app.condition("Ready").status())
          .as("the app is as ready as before")
          .isEqualTo(ConditionStatus.TRUE);

      operator.kill();
      operator.start();
      operator.awaitReady(Duration.ofSeconds(60));
      app.pause();
      app.eventually(
          () ->
              assertThat(app.message("database-verification"))
                  .contains("waiting for the provider"));
      assertThat(temporary(rig, app)).hasSize(1);
    } finally {
      rig.emulator().transitions().rds(NONE, NONE, NONE);
      rig.emulator().transitions().complete();
    }
    app.eventually(() -> assertThat(temporary(rig, app)).as("paused").isEmpty());
    assertThat(app.status().backup().lastVerification()).isNull();

    Instant resumed = Instant.now();
    app.resume();
    app.eventually(
        () -> {
          var last = app.status().backup().lastVerification();
          assertThat(last).isNotNull();
          assertThat(last.result()).isEqualTo(VerificationResult.SUCCEEDED);
          assertThat(Instant.parse(last.time())).isAfter(resumed.minusSeconds(1));
          assertThat(Instant.parse(last.restoredTo())).isBefore(Instant.now());
          assertThat(temporary(rig, app)).isEmpty();
          assertThat(app.status().components())
              .noneMatch(it -> it.name().equals("database-verification"));
          assertThat(app.events("BackupVerified")).hasSize(1);
        });
    app.awaitReady();
    assertThat(app.condition("BackupsReady").status()).isEqualTo(ConditionStatus.TRUE);
    assertThat(app.aws().database().orElseThrow().dbiResourceId())
        .isEqualTo(original.dbiResourceId());
    assertThat(app.aws().snapshots()).isEmpty();
  }
}
