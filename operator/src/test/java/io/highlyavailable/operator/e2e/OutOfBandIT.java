package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is deleted behind the operator's back is made again, unless it held data. */
@WithRig
class OutOfBandIT {

  @Test
  void roleAndAlarmsAreMadeAgain(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    String role = app.aws().resource();
    var iam = rig.aws().iam();

    iam.listRolePolicies(r -> r.roleName(role))
        .policyNames()
        .forEach(policy -> iam.deleteRolePolicy(r -> r.roleName(role).policyName(policy)));
    iam.deleteRole(r -> r.roleName(role));
    rig.aws()
        .cloudWatch()
        .deleteAlarms(
            r ->
                r.alarmNames(
                    Stream.concat(Stream.of("unavailable"), app.aws().alarms().keySet().stream())
                        .map(key -> app.aws().resource() + "-" + key)
                        .toList()));

    app.eventually(
        () -> {
          assertThat(app.aws().role()).isPresent();
          assertThat(app.aws().rolePolicies()).contains(app.aws().bucket());
          assertThat(app.aws().alarms()).hasSize(9);
        });
    app.awaitReady();
  }

  @Test
  void lostDatabaseIsNotRecreatedEmptyUntilItsBlockIsRemovedAndAddedAgain(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    String name = app.aws().resource();
    var rds = rig.aws().rds();
    rds.modifyDBInstance(r -> r.dbInstanceIdentifier(name).deletionProtection(false));
    long mark = rig.emulator().calls().mark();
    rds.deleteDBInstance(r -> r.dbInstanceIdentifier(name).skipFinalSnapshot(true));

    assertDataLossSuspected(app, "database", "DatabaseReady");
    Await.polls(rig, 3);
    assertThat(rig.emulator().calls().by(Rig.OPERATOR).count(mark, "rds", "CreateDBInstance"))
        .isZero();
    assertThat(app.secret("database")).as("pods keep what they were given").isNotEmpty();

    app.patch("spec: {database: null}");
    app.awaitReady();
    app.patch("spec: {database: {rds: {engine: postgres}}}");
    app.awaitReady();
    assertThat(app.aws().database()).isPresent();
  }

  @Test
  void lostDatabaseComesBackFromTheSnapshotThatIsChosen(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    String name = app.aws().resource();
    var rds = rig.aws().rds();
    rds.createDBSnapshot(r -> r.dbInstanceIdentifier(name).dbSnapshotIdentifier(name + "-by-hand"));
    rds.modifyDBInstance(r -> r.dbInstanceIdentifier(name).deletionProtection(false));
    rds.deleteDBInstance(r -> r.dbInstanceIdentifier(name).skipFinalSnapshot(true));
    assertDataLossSuspected(app, "database", "DatabaseReady");
    app.eventually(
        () ->
            assertThat(app.component("database").nextStep())
                .contains("spec.database.rds.restoreFrom", "{snapshotId: " + name + "-by-hand}"));

    long mark = rig.emulator().calls().mark();
    app.patch("spec: {database: {rds: {restoreFrom: {snapshotId: %s-by-hand}}}}".formatted(name));
    app.awaitReady();
    assertThat(app.component("database").startedFrom()).isEqualTo("snapshot " + name + "-by-hand");
    var calls = rig.emulator().calls().by(Rig.OPERATOR);
    assertThat(calls.count(mark, "rds", "RestoreDBInstanceFromDBSnapshot")).isOne();
    assertThat(calls.count(mark, "rds", "CreateDBInstance")).isZero();
  }

  private static void assertDataLossSuspected(AppRig app, String component, String condition) {
    app.eventually(
        () -> {
          assertThat(app.message(component)).startsWith("DataLossSuspected: ");
          assertThat(app.component(component).nextStep()).isNotBlank();
          assertThat(app.condition(condition).status()).isEqualTo(ConditionStatus.FALSE);
          assertThat(app.condition(condition).reason()).isEqualTo("DataLossSuspected");
          assertThat(app.status().phase()).isEqualTo(Phase.DEGRADED);
        });
  }

  @Test
  void lostBucketIsNotRecreatedEmptyUntilItsBlockIsRemovedAndAddedAgain(Rig rig, Stage stage) {
    stage.operator();
    AppRig app = stage.quickstart().awaitReady();
    long mark = rig.emulator().calls().mark();
    rig.aws().s3().deleteBucket(r -> r.bucket(app.aws().bucket()));

    assertDataLossSuspected(app, "storage", "StorageReady");
    Await.polls(rig, 3);
    assertThat(rig.emulator().calls().by(Rig.OPERATOR).count(mark, "s3", "CreateBucket")).isZero();

    app.patch("spec: {storage: null}");
    app.awaitReady();
    app.patch("spec: {storage: {s3: {}}}");
    app.awaitReady();
    assertThat(app.aws().bucketExists()).isTrue();
  }
}
