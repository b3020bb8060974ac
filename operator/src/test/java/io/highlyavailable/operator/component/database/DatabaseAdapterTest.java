package io.highlyavailable.operator.component.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Records;
import io.highlyavailable.operator.component.engineversion.DefaultVersionModule;
import io.highlyavailable.operator.component.network.NetworkModule;
import io.highlyavailable.operator.component.parametergroup.ParameterGroupsModule;
import io.highlyavailable.operator.component.securitygroup.SecurityGroupModule;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroupModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.model.RestoreFrom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.Tag;

class DatabaseAdapterTest extends AdapterContract<DatabaseDesired, Database> {
  DatabaseAdapterTest() {
    super(
        new DatabaseModule(),
        List.of(
            new NetworkModule(),
            new SecurityGroupModule(DataTier.DATABASE),
            new SubnetGroupModule(DataTier.DATABASE),
            new DefaultVersionModule(),
            new ParameterGroupsModule()));
  }

  /** RDS's own of the sample's version. */
  private static final String DEFAULT_GROUP = "default.postgres17";

  /** Of an instance that uses the default group, as those from before had to. */
  @Test
  void aGroupTakesEffectWithARestartThatIsAChangeOfItsOwn() {
    create();
    modify(observed().orElseThrow(), request -> request.dbParameterGroupName(DEFAULT_GROUP));
    reboot();
    Database plain = observed().orElseThrow();
    adapter.update(plain, desired, component.differences(desired, plain));
    observed();
    List<Difference> left = component.differences(desired, observed().orElseThrow());
    assertThat(left).extracting(Difference::field).containsExactly("parameters");

    adapter.update(observed().orElseThrow(), desired, left);
    observed();
    assertThat(component.differences(desired, observed().orElseThrow())).isEmpty();
    assertThat(observed().orElseThrow().parameters())
        .isEqualTo(new Database.Parameters(name() + "-postgres17", "in-sync"));
  }

  private void reboot() {
    observed();
    somebody().rebootDBInstance(request -> request.dbInstanceIdentifier(name()));
    observed();
  }

  private RdsClient somebody() {
    return world.clients("somebody", CallListener.NONE).rds();
  }

  @Override
  protected Map<String, UnaryOperator<App>> changes() {
    return Map.of(
        "instanceClass", setting("database", "instanceClass", "db.r6g.large"),
        "storageGiB", setting("database", "storageGiB", 60),
        "maxStorageGiB", setting("database", "maxStorageGiB", 500),
        "multiAz", setting("database", "multiAz", false),
        "backupRetentionDays", setting("database", "backupRetentionDays", 7),
        "backupWindow", setting("database", "backupWindow", "06:00-07:00"),
        "deletionPolicy", setting("database", "deletionPolicy", DeletionPolicy.RETAIN),
        "deletionProtection", it -> Records.with(it, "deletionProtection", false),
        "maintenanceWindow", maintenance("tue:10:00-tue:11:00"));
  }

  @Override
  protected Map<String, Consumer<Database>> drifts() {
    Map<String, Consumer<ModifyDbInstanceRequest.Builder>> changes = new LinkedHashMap<>();
    changes.put("instanceClass", request -> request.dbInstanceClass("db.r6g.large"));
    changes.put("maxStorageGiB", request -> request.maxAllocatedStorage(500));
    changes.put("multiAz", request -> request.multiAZ(false));
    changes.put("publiclyAccessible", request -> request.publiclyAccessible(true));
    changes.put("backupRetentionDays", request -> request.backupRetentionPeriod(3));
    changes.put("backupWindow", request -> request.preferredBackupWindow("05:00-06:00"));
    changes.put(
        "maintenanceWindow", request -> request.preferredMaintenanceWindow("wed:10:00-wed:11:00"));
    changes.put("copyTagsToSnapshot", request -> request.copyTagsToSnapshot(false));
    changes.put("deletionProtection", request -> request.deletionProtection(false));
    changes.put("autoMinorVersionUpgrade", request -> request.autoMinorVersionUpgrade(false));
    Map<String, Consumer<Database>> drifts = new LinkedHashMap<>();
    changes.forEach((field, change) -> drifts.put(field, database -> modify(database, change)));
    drifts.put(
        "masterPassword",
        database ->
            somebody()
                .removeTagsFromResource(
                    request ->
                        request
                            .resourceName(database.id())
                            .tagKeys(DatabaseDifferences.CREDENTIAL_TAG)));
    return drifts;
  }

  @Test
  void isRestoredFromASnapshotOfTheAppAndThenGivenItsOwnSettings() {
    create();
    Database first = observed().orElseThrow();
    adapter.delete(first, new Disposal.SnapshotThenDelete("ha-first-final"));
    restore(new RestoreFrom.Snapshot("ha-first-final"));

    Database restored = observed().orElseThrow();
    assertThat(restored.tags()).containsAllEntriesOf(tags());
    assertThat(restored.databaseName()).isEqualTo(first.databaseName());
    assertThat(component.differences(desired, restored))
        .extracting(Difference::field)
        .contains("masterPassword");
    adapter.update(restored, desired, component.differences(desired, restored));
    assertThat(component.differences(desired, observed().orElseThrow())).isEmpty();
  }

  @Test
  void isRestoredFromAnotherInstanceThatAnAdministratorReleased() {
    String source = source(Map.of(OwnershipTags.ALLOWED_NAMESPACE, app.identity().namespace()));
    restore(new RestoreFrom.PointInTime(source, null));

    assertThat(observed().orElseThrow().tags()).containsAllEntriesOf(tags());
  }

  @Test
  void refusesToRestoreWhatWasNotReleasedToTheNamespace() {
    String source = source(Map.of(OwnershipTags.ALLOWED_NAMESPACE, "another"));
    somebody()
        .createDBSnapshot(
            request -> request.dbInstanceIdentifier(source).dbSnapshotIdentifier("theirs"));

    for (RestoreFrom from :
        List.of(new RestoreFrom.Snapshot("theirs"), new RestoreFrom.PointInTime(source, null))) {
      assertThatThrownBy(() -> restore(from))
          .isInstanceOfSatisfying(
              CloudFailureException.class,
              e -> {
                assertThat(e.failure().message()).contains("is not released to namespace");
                assertThat(e.failure().nextStep())
                    .contains("highlyavailable.io/allowed-namespace=" + app.identity().namespace());
              });
    }
    assertThat(observed()).isEmpty();
  }

  @Test
  void refusesToRestoreWhatIsNotThere() {
    assertThatThrownBy(() -> restore(new RestoreFrom.Snapshot("nowhere")))
        .isInstanceOfSatisfying(
            CloudFailureException.class,
            e -> assertThat(e.failure().message()).isEqualTo("there is no snapshot nowhere"));
  }

  private void restore(RestoreFrom from) {
    adapter.create(
        new DatabaseDesired(
            desired.name(),
            desired.engine(),
            desired.version(),
            desired.newVersion(),
            false,
            desired.settings(),
            desired.parameterGroups(),
            desired.backupWindowChosen(),
            desired.databaseName(),
            desired.username(),
            desired.password(),
            from,
            desired.credential()),
        tags());
  }

  /** An encrypted instance of somebody else's. */
  private String source(Map<String, String> tags) {
    String name = "source-" + desired.name().substring(desired.name().length() - 13);
    somebody()
        .createDBInstance(
            request ->
                request
                    .dbInstanceIdentifier(name)
                    .engine(desired.engine())
                    .dbInstanceClass("db.t4g.medium")
                    .allocatedStorage(50)
                    .storageEncrypted(true)
                    .masterUsername("other")
                    .masterUserPassword("a-long-password")
                    .copyTagsToSnapshot(true)
                    .tags(
                        tags.entrySet().stream()
                            .map(
                                tag ->
                                    Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                            .toList()));
    return name;
  }

  private void modify(Database database, Consumer<ModifyDbInstanceRequest.Builder> change) {
    somebody()
        .modifyDBInstance(
            request -> {
              request.dbInstanceIdentifier(database.name()).applyImmediately(true);
              change.accept(request);
            });
  }

  @Test
  void isReadyWithABindingOnceAvailable() {
    create();
    Database seen = observed().orElseThrow();
    assertThat(component.readiness(desired, seen)).isEqualTo(new Readiness.Ready());
    assertThat(seen.endpoint()).isNotNull();
    assertThat(seen.encrypted()).isTrue();
  }

  /** It was let through by the app's own window or by a person: RDS's does not count. */
  @Test
  void aDisruptiveChangeIsMadeAtOnce() {
    create();
    modify(observed().orElseThrow(), request -> request.dbInstanceClass("db.r6g.large"));
    Database drifted = observed().orElseThrow();
    List<Difference> found = component.differences(desired, drifted);
    adapter.update(drifted, desired, found);
    assertThat(world.emulator().applyPendingMaintenance(name())).isEmpty();
    Database changed = observed().orElseThrow();
    assertThat(changed.changesQueued()).isFalse();
    assertThat(component.differences(desired, changed)).isEmpty();
  }

  @Test
  void inPlaceChangesGoFirstAndAlone() {
    create();
    modify(
        observed().orElseThrow(),
        request -> request.dbInstanceClass("db.r6g.large").backupRetentionPeriod(3));
    Database drifted = observed().orElseThrow();
    List<Difference> found = component.differences(desired, drifted);
    adapter.update(drifted, desired, found);
    assertThat(component.differences(desired, observed().orElseThrow()))
        .extracting(Difference::field)
        .containsExactly("instanceClass");
  }

  @Test
  void deletionTakesTheFinalSnapshot() {
    create();
    Database row = observed().orElseThrow();
    adapter.delete(row, new Disposal.SnapshotThenDelete(name() + "-final-abc"));
    assertThat(observed().filter(left -> !left.deleting())).isEmpty();
    assertThat(snapshots()).containsExactly(name() + "-final-abc");
  }

  @Test
  void aSnapshotOfAnEarlierAttemptIsNotMistakenForTheFinalOne() {
    create();
    Database row = observed().orElseThrow();
    String name = name() + "-final-abc";
    somebody()
        .createDBSnapshot(
            request -> request.dbInstanceIdentifier(row.name()).dbSnapshotIdentifier(name));
    adapter.delete(observed().orElseThrow(), new Disposal.SnapshotThenDelete(name));
    assertThat(observed().filter(left -> !left.deleting())).isEmpty();
    assertThat(snapshots()).containsExactlyInAnyOrder(name, name + "-2");
  }

  private List<String> snapshots() {
    return somebody().describeDBSnapshots().dbSnapshots().stream()
        .filter(snapshot -> snapshot.dbInstanceIdentifier().equals(name()))
        .map(snapshot -> snapshot.dbSnapshotIdentifier())
        .filter(name -> !name.startsWith("rds:"))
        .toList();
  }

  @Test
  void listsEveryPage() {
    List<String> names = IntStream.range(0, 101).mapToObj(i -> name() + "-" + i).toList();
    names.forEach(
        name ->
            somebody()
                .createDBInstance(
                    request ->
                        request
                            .dbInstanceIdentifier(name)
                            .engine("postgres")
                            .dbInstanceClass("db.t4g.medium")
                            .allocatedStorage(20)
                            .masterUsername("haadmin")
                            .masterUserPassword("0123456789")));
    assertThat(adapter.list().rows()).extracting(Database::name).containsAll(names);
    names.forEach(
        name ->
            somebody()
                .deleteDBInstance(
                    request -> request.dbInstanceIdentifier(name).skipFinalSnapshot(true)));
  }
}
