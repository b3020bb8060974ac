package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidRestoreException;
import software.amazon.awssdk.services.rds.model.PointInTimeRestoreNotEnabledException;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;

/**
 * Temporary instances at RDS. Every change is of an instance that has the name and the tags of one;
 * the original is only named as what a backup is of.
 */
public final class RestoredInstanceAdapter implements Adapter<RestoredInstanceDesired, Database> {
  private final AwsClients clients;
  private final DatabaseAdapter databases;

  RestoredInstanceAdapter(AwsClients clients) {
    this.clients = clients;
    this.databases = new DatabaseAdapter(clients);
  }

  @Override
  public String service() {
    return databases.service();
  }

  @Override
  public Listing<Database> list() {
    return databases.list();
  }

  @Override
  public Optional<Database> find(String name) {
    return databases.find(name);
  }

  /** To the latest time, or where RDS cannot do that, from the newest snapshot. */
  @Override
  public Database create(RestoredInstanceDesired desired, Map<String, String> tags) {
    Map<String, String> all = new TreeMap<>(tags);
    all.putAll(desired.marks());
    try {
      return DatabaseMapping.row(toTheLatestTime(desired, all));
    } catch (PointInTimeRestoreNotEnabledException | InvalidRestoreException e) {
      return DatabaseMapping.row(fromTheNewestSnapshot(desired, all));
    }
  }

  private DBInstance toTheLatestTime(RestoredInstanceDesired want, Map<String, String> tags) {
    var request =
        RestoreDbInstanceToPointInTimeRequest.builder()
            .targetDBInstanceIdentifier(want.name())
            .sourceDBInstanceIdentifier(want.source())
            .useLatestRestorableTime(true)
            .dbInstanceClass(want.instanceClass())
            .multiAZ(false)
            .publiclyAccessible(false)
            .copyTagsToSnapshot(false)
            .deletionProtection(false)
            .autoMinorVersionUpgrade(false)
            .dbSubnetGroupName(want.subnetGroup())
            .vpcSecurityGroupIds(want.securityGroupId())
            .tags(DatabaseMapping.tags(tags))
            .build();
    return clients.rds().restoreDBInstanceToPointInTime(request).dbInstance();
  }

  private DBInstance fromTheNewestSnapshot(RestoredInstanceDesired want, Map<String, String> tags) {
    DBSnapshot snapshot = newestSnapshot(want.source());
    Map<String, String> marked = new TreeMap<>(tags);
    marked.put(RestoredInstanceRules.RESTORED_TO, snapshot.snapshotCreateTime().toString());
    var request =
        RestoreDbInstanceFromDbSnapshotRequest.builder()
            .dbInstanceIdentifier(want.name())
            .dbSnapshotIdentifier(snapshot.dbSnapshotIdentifier())
            .dbInstanceClass(want.instanceClass())
            .multiAZ(false)
            .publiclyAccessible(false)
            .copyTagsToSnapshot(false)
            .deletionProtection(false)
            .autoMinorVersionUpgrade(false)
            .dbSubnetGroupName(want.subnetGroup())
            .vpcSecurityGroupIds(want.securityGroupId())
            .tags(DatabaseMapping.tags(marked))
            .build();
    return clients.rds().restoreDBInstanceFromDBSnapshot(request).dbInstance();
  }

  private DBSnapshot newestSnapshot(String source) {
    return clients
        .rds()
        .describeDBSnapshotsPaginator(request -> request.dbInstanceIdentifier(source))
        .dbSnapshots()
        .stream()
        .filter(snapshot -> "available".equals(snapshot.status()))
        .filter(snapshot -> snapshot.snapshotCreateTime() != null)
        .max(Comparator.comparing(DBSnapshot::snapshotCreateTime))
        .orElseThrow(() -> refused("NoBackup", "there is no backup of " + source + " to restore"));
  }

  /** Both in one change: that it has no backups says that it has the password. */
  @Override
  public Database update(
      Database actual, RestoredInstanceDesired desired, List<Difference> changes) {
    check(actual);
    return DatabaseMapping.row(
        clients
            .rds()
            .modifyDBInstance(
                request ->
                    request
                        .dbInstanceIdentifier(actual.name())
                        .backupRetentionPeriod(0)
                        .masterUserPassword(desired.password().value())
                        .applyImmediately(true))
            .dbInstance());
  }

  @Override
  public Database tag(Database actual, Map<String, String> tags) {
    return databases.tag(actual, tags);
  }

  @Override
  public Database untag(Database actual, List<String> keys) {
    return databases.untag(actual, keys);
  }

  /** The only place where a database goes without anything being kept of it. */
  @Override
  public Optional<Database> delete(Database actual, Disposal disposal) {
    if (actual.deleting()) {
      return find(actual.name());
    }
    check(actual);
    try {
      return Optional.of(
          DatabaseMapping.row(
              clients
                  .rds()
                  .deleteDBInstance(
                      request ->
                          request
                              .dbInstanceIdentifier(actual.name())
                              .skipFinalSnapshot(true)
                              .deleteAutomatedBackups(true))
                  .dbInstance()));
    } catch (DbInstanceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** By its name, by what it says it is for, and by whose it is. */
  private static void check(Database actual) {
    boolean ours =
        RestoredInstanceRules.temporary(actual)
            && actual.tags().containsKey(OwnershipTags.UID)
            && RestoredInstanceRules.NAME
                .value()
                .equals(actual.tags().get(OwnershipTags.COMPONENT));
    if (!ours) {
      throw refused(
          "NotTemporary", actual.name() + " does not say that it is there for a verification");
    }
  }

  private static CloudFailureException refused(String code, String message) {
    return new CloudFailureException(
        new CloudFailure(
            CloudFailure.Kind.INVALID, "database-verification", code, message, "", false));
  }
}
