package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** The two annotations by which a person holds the operator back or calls it. */
@WithRig
class PauseIT {

  @Test
  void nothingIsWrittenWhilePausedAndAllIsPutRightAfterwards(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    app.pause();
    ApiServerAudit.Mark mark = rig.audit().mark();
    long calls = rig.emulator().calls().mark();

    String bucket = app.aws().bucket();
    rig.aws()
        .s3()
        .putBucketVersioning(
            r -> r.bucket(bucket).versioningConfiguration(v -> v.status("Suspended")));
    app.object(Service.class).delete();
    app.patch("spec: {image: \"ghcr.io/acme/shop:2.0.0\"}");
    app.eventually(
        () ->
            assertThat(app.status().observedGeneration())
                .isEqualTo(app.get().getMetadata().getGeneration()));
    Await.polls(rig, 5);

    assertThat(app.status().phase()).isEqualTo(Phase.PAUSED);
    assertThat(app.mutations(calls)).isEmpty();
    assertThat(rig.audit().since(mark, rig.operatorUser()))
        .filteredOn(write -> write.namespace().equals(app.namespace()))
        .filteredOn(write -> !write.resource().equals("highlyavailableapps/status"))
        .filteredOn(write -> !write.resource().equals("events"))
        .isEmpty();
    assertThat(app.find(Service.class)).isEmpty();

    app.resume();
    app.eventually(
        () -> {
          assertThat(rig.aws().s3().getBucketVersioning(r -> r.bucket(bucket)).status())
              .isEqualTo(BucketVersioningStatus.ENABLED);
          assertThat(app.find(Service.class)).isPresent();
          assertThat(
                  app.the(Deployment.class)
                      .getSpec()
                      .getTemplate()
                      .getSpec()
                      .getContainers()
                      .getFirst()
                      .getImage())
              .isEqualTo("ghcr.io/acme/shop:2.0.0");
        });
    app.awaitReady();
  }

  @Test
  void requestedReconciliationLooksAtEverythingAtOnceAndIsEchoed(Rig rig, Stage stage) {
    // Polls so slow that only the request can be the reason to look.
    stage.operator(
        stage.ownSettings().with("HAAPP_POLL_SLOW", "10m").with("HAAPP_AUDIT_INTERVAL", "10m"));
    AppRig app = stage.quickstart().awaitReady();
    String name = app.aws().resource();
    rig.aws().rds().modifyDBInstance(r -> r.dbInstanceIdentifier(name).backupRetentionPeriod(1));

    app.annotate(HighlyAvailableApp.RECONCILE_REQUESTED_AT_ANNOTATION, "2026-11-23T10:00:00Z");

    app.eventually(
        () -> {
          assertThat(app.status().lastHandledReconcileAt()).isEqualTo("2026-11-23T10:00:00Z");
          assertThat(app.aws().database().orElseThrow().backupRetentionPeriod()).isGreaterThan(1);
        });
    app.awaitReady();
  }
}
