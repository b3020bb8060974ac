package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.PlanStatus;
import io.highlyavailable.api.v1alpha1.PlannedAction;
import io.highlyavailable.testbed.aws.Call;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;

/** What a change of the spec changes, and what it leaves alone. */
@WithRig
class UpdateIT {

  @Test
  void imageAndEnvironmentRollOutWithoutTouchingAws(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    long mark = rig.emulator().calls().mark();

    app.patch(
        """
        spec:
          image: ghcr.io/acme/shop:1.5.0
          env: [{name: LOG_LEVEL, value: debug}]
        """);
    app.awaitReady();

    var container =
        app.the(Deployment.class).getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(container.getImage()).isEqualTo("ghcr.io/acme/shop:1.5.0");
    assertThat(container.getEnv())
        .filteredOn(variable -> variable.getName().equals("LOG_LEVEL"))
        .extracting(EnvVar::getValue)
        .containsExactly("debug");
    assertThat(app.the(Deployment.class).getStatus().getUpdatedReplicas()).isEqualTo(3);
    assertThat(app.mutations(mark)).isEmpty();
  }

  @Test
  void scalingAndReplicasReplaceEachOther(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    app.patch("spec: {scaling: {minReplicas: 4, maxReplicas: 12}}");
    app.awaitReady();
    assertThat(app.the(HorizontalPodAutoscaler.class).getSpec().getMinReplicas()).isEqualTo(4);
    assertThat(app.the(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas()).isEqualTo(12);

    app.patch("spec: {scaling: null, replicas: 2}");
    app.awaitReady();
    app.eventually(() -> assertThat(app.find(HorizontalPodAutoscaler.class)).isEmpty());
    app.eventually(
        () -> assertThat(app.the(Deployment.class).getSpec().getReplicas()).isEqualTo(2));

    app.scale(5);
    app.eventually(() -> assertThat(app.status().replicas()).isEqualTo(5));
    app.awaitReady();

    app.patch("spec: {replicas: null}");
    app.awaitReady();
    assertThat(app.the(HorizontalPodAutoscaler.class).getSpec().getMinReplicas()).isEqualTo(3);
    assertThat(app.the(Deployment.class).getSpec().getReplicas())
        .as("pods that ran at the handover still run")
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void removedIngressTakesItsObjectUrlAndAlarmsAlong(Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    app.patch("spec: {ingress: null}");
    app.awaitReady();

    app.eventually(() -> assertThat(app.find(Ingress.class)).isEmpty());
    app.eventually(() -> assertThat(app.status().url()).isNull());
    app.eventually(
        () ->
            assertThat(app.aws().alarms())
                .containsOnlyKeys(
                    "database-cpu", "database-memory", "database-storage", "database-connections"));
    app.awaitReady();

    app.patch("spec: {ingress: {host: shop.example.com}}");
    app.awaitReady();
    assertThat(app.find(Ingress.class)).isPresent();
    assertThat(app.aws().alarms()).hasSize(9);
  }

  @Test
  void anotherInstanceClassWaitsForApproval(Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    app.patch(
        """
        spec:
          changePolicy: {disruptive: RequireApproval}
          database: {rds: {instanceClass: db.r7g.large}}
        """);
    app.eventually(
        () ->
            assertThat(app.message("database")).startsWith("waiting for approval: instanceClass"));
    app.awaitReady();
    PlanStatus plan = app.status().plan();
    assertThat(plan).isNotNull();
    assertThat(plan.actions()).extracting(PlannedAction::component).containsExactly("database");
    assertThat(app.aws().database().orElseThrow().dbInstanceClass()).isEqualTo("db.t4g.medium");

    app.annotate(HighlyAvailableApp.APPROVED_PLAN_ANNOTATION, plan.hash());
    app.eventually(
        () -> {
          assertThat(app.aws().database().orElseThrow().dbInstanceClass())
              .isEqualTo("db.r7g.large");
          assertThat(app.status().plan()).isNull();
        });
    app.awaitReady();
  }

  @Test
  void anotherInstanceClassWaitsForTheMaintenanceWindow(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    app.patch(
        """
        spec:
          changePolicy: {maintenanceWindow: "%s"}
          database: {rds: {instanceClass: db.r7g.large, backupWindow: "%s"}}
        """
            .formatted(window(Duration.ofDays(3)), daily(Duration.ofHours(6))));
    app.eventually(() -> assertThat(app.message("database")).contains("maintenance window"));
    app.awaitReady();
    long mark = rig.emulator().calls().mark();
    Await.polls(rig, 3);
    assertThat(modifications(app, mark)).isEmpty();

    app.patch(
        "spec: {changePolicy: {maintenanceWindow: \"%s\"}}"
            .formatted(window(Duration.ofHours(-1))));
    app.eventually(
        () ->
            assertThat(app.aws().database().orElseThrow().dbInstanceClass())
                .isEqualTo("db.r7g.large"));
    app.eventually(() -> assertThat(app.message("database")).isEmpty());
    app.awaitReady();
  }

  @Test
  void tlsIsForcedWithARestartThatWaitsForApproval(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    app.patch("spec: {changePolicy: {disruptive: RequireApproval}}");
    String name = app.aws().resource();

    rig.aws()
        .rds()
        .modifyDBInstance(
            r -> r.dbInstanceIdentifier(name).dbParameterGroupName("default.postgres17"));
    app.eventually(
        () -> assertThat(app.message("database")).startsWith("waiting for approval: parameters"));
    app.awaitReady();
    assertThat(parameters(app)).isEqualTo(name + "-postgres17 pending-reboot");

    app.annotate(HighlyAvailableApp.APPROVED_PLAN_ANNOTATION, app.status().plan().hash());
    app.eventually(() -> assertThat(parameters(app)).isEqualTo(name + "-postgres17 in-sync"));
    app.awaitReady();
  }

  @Test
  void aMajorUpgradeMovesToItsFamilysGroupAndTheOldOneLeaves(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    String name = app.aws().resource();
    app.patch("spec: {database: {rds: {version: \"18\"}}}");
    app.eventually(
        () -> assertThat(app.message("database")).startsWith("waiting for approval: version"));

    app.annotate(HighlyAvailableApp.APPROVED_PLAN_ANNOTATION, app.status().plan().hash());
    app.eventually(() -> assertThat(parameters(app)).isEqualTo(name + "-postgres18 in-sync"));
    assertThat(app.aws().database().orElseThrow().engineVersion()).startsWith("18.");
    app.eventually(
        () ->
            assertThat(rig.aws().rds().describeDBParameterGroups().dbParameterGroups())
                .extracting(DBParameterGroup::dbParameterGroupName)
                .contains(name + "-postgres18")
                .doesNotContain(name + "-postgres17"));
    app.awaitReady();
  }

  private static String parameters(AppRig app) {
    DBParameterGroupStatus group =
        app.aws().database().orElseThrow().dbParameterGroups().getFirst();
    return group.dbParameterGroupName() + " " + group.parameterApplyStatus();
  }

  /** A window of three hours that begins so long from now. */
  private static String window(Duration fromNow) {
    ZonedDateTime begin = ZonedDateTime.now(ZoneOffset.UTC).plus(fromNow);
    DateTimeFormatter format = DateTimeFormatter.ofPattern("EEE:HH:mm", Locale.ROOT);
    return (begin.format(format) + "-" + begin.plusHours(3).format(format))
        .toLowerCase(Locale.ROOT);
  }

  /** An hour of every day that begins so long from now. */
  private static String daily(Duration fromNow) {
    ZonedDateTime begin = ZonedDateTime.now(ZoneOffset.UTC).plus(fromNow);
    DateTimeFormatter format = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    return begin.format(format) + "-" + begin.plusHours(1).format(format);
  }

  private static List<Call> modifications(AppRig app, long mark) {
    return app.mutations(mark).stream()
        .filter(call -> call.operation().equals("ModifyDBInstance"))
        .toList();
  }

  @Test
  void storageGrowsAtOnceAndBackupsAreKeptLonger(Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();

    app.patch("spec: {database: {rds: {storageGiB: 120, backupRetentionDays: 21}}}");
    app.eventually(
        () -> {
          DBInstance database = app.aws().database().orElseThrow();
          assertThat(database.allocatedStorage()).isEqualTo(120);
          assertThat(database.backupRetentionPeriod()).isEqualTo(21);
        });
    app.awaitReady();
  }

  @Test
  void slowDatabaseHoldsUpOnlyWhatNeedsIt(Rig rig, Stage stage) {
    stage.operator();
    rig.emulator()
        .transitions()
        .rds(Duration.ofSeconds(12), Duration.ofSeconds(1), Duration.ofSeconds(1));
    try {
      AppRig app = stage.quickstart();

      app.eventually(() -> assertThat(app.component("database").state()).isEqualTo("creating"));
      app.eventually(() -> assertThat(app.component("storage").ready()).isTrue());
      app.eventually(() -> assertThat(app.component("ingress").ready()).isTrue());
      assertThat(app.component("database").ready()).isFalse();
      app.awaitReady();
    } finally {
      rig.emulator().transitions().rds(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
  }
}
