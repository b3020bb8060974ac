package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.RestoreFrom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;

/**
 * Instances at RDS, whose listing shows everything: all that there are, since one that an app takes
 * over may have any name.
 */
public final class DatabaseAdapter implements Adapter<DatabaseDesired, Database> {
  /** RDS's largest page. */
  private static final int PAGE = 100;

  private final AwsClients clients;

  DatabaseAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "rds";
  }

  @Override
  public Listing<Database> list() {
    var request = DescribeDbInstancesRequest.builder().maxRecords(PAGE).build();
    return Listing.of(
        clients.rds().describeDBInstancesPaginator(request).dbInstances().stream()
            .map(DatabaseMapping::row)
            .toList());
  }

  @Override
  public Optional<Database> find(String name) {
    try {
      return clients
          .rds()
          .describeDBInstances(request -> request.dbInstanceIdentifier(name))
          .dbInstances()
          .stream()
          .findFirst()
          .map(DatabaseMapping::row);
    } catch (DbInstanceNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public Database create(DatabaseDesired desired, Map<String, String> tags) {
    DatabaseOrigin origin = new DatabaseOrigin(clients, desired, tags);
    return DatabaseMapping.row(
        switch (desired.origin()) {
          case RestoreFrom.Snapshot from -> origin.fromSnapshot(from);
          case RestoreFrom.PointInTime from -> origin.fromThePast(from);
          case RestoreFrom.Empty from -> empty(desired, tags);
          case null -> empty(desired, tags);
        });
  }

  private DBInstance empty(DatabaseDesired desired, Map<String, String> tags) {
    Map<String, String> all = new TreeMap<>(tags);
    all.put(DatabaseDifferences.CREDENTIAL_TAG, desired.credential());
    CreateDbInstanceRequest.Builder request =
        CreateDbInstanceRequest.builder()
            .dbInstanceIdentifier(desired.name())
            .engine(desired.engine())
            .engineVersion(desired.newVersion())
            .dbParameterGroupName(desired.parameterGroup(desired.newVersion()).orElse(null))
            .dbName(desired.databaseName())
            .masterUsername(desired.username())
            .masterUserPassword(desired.password().value())
            .storageEncrypted(true)
            .tags(DatabaseMapping.tags(all));
    settings(request, desired.settings());
    return clients.rds().createDBInstance(request.build()).dbInstance();
  }

  private static void settings(CreateDbInstanceRequest.Builder request, Database.Settings want) {
    request
        .dbInstanceClass(want.instanceClass())
        .allocatedStorage(want.storageGiB())
        .maxAllocatedStorage(want.maxStorageGiB())
        .storageType(want.storageType())
        .multiAZ(want.multiAz())
        .publiclyAccessible(want.publiclyAccessible())
        .backupRetentionPeriod(want.backupRetentionDays())
        .preferredBackupWindow(want.backupWindow())
        .preferredMaintenanceWindow(want.maintenanceWindow())
        .copyTagsToSnapshot(want.copyTagsToSnapshot())
        .deletionProtection(want.deletionProtection())
        .autoMinorVersionUpgrade(want.autoMinorVersionUpgrade())
        .dbSubnetGroupName(want.subnetGroup())
        .vpcSecurityGroupIds(want.securityGroupIds());
  }

  @Override
  public Database update(Database actual, DatabaseDesired desired, List<Difference> changes) {
    DatabaseModification modification =
        DatabaseModification.of(actual, desired.over(actual), changes);
    if (modification.onlyRestarts()) {
      return restart(actual);
    }
    Database changed =
        DatabaseMapping.row(clients.rds().modifyDBInstance(modification.request()).dbInstance());
    if (!modification.changesPassword()) {
      return changed;
    }
    // Only after the password: a crash in between sets the same password once more.
    return tag(changed, Map.of(DatabaseDifferences.CREDENTIAL_TAG, desired.credential()));
  }

  /** Without failover, as parameters take effect only so (DBParameterGroupName). */
  private Database restart(Database actual) {
    return DatabaseMapping.row(
        clients
            .rds()
            .rebootDBInstance(request -> request.dbInstanceIdentifier(actual.name()))
            .dbInstance());
  }

  @Override
  public Database tag(Database actual, Map<String, String> tags) {
    clients
        .rds()
        .addTagsToResource(
            request -> request.resourceName(actual.id()).tags(DatabaseMapping.tags(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public Database untag(Database actual, List<String> keys) {
    clients
        .rds()
        .removeTagsFromResource(request -> request.resourceName(actual.id()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  @Override
  public Optional<Database> delete(Database actual, Disposal disposal) {
    if (actual.deleting()) {
      return find(actual.name());
    }
    try {
      unprotect(actual);
      return Optional.of(deleted(actual, disposal));
    } catch (DbInstanceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** AWS's own protection goes only here, where deletion has been consented to. */
  private void unprotect(Database actual) {
    if (actual.settings().deletionProtection()) {
      clients
          .rds()
          .modifyDBInstance(
              request -> request.dbInstanceIdentifier(actual.name()).deletionProtection(false));
    }
  }

  private Database deleted(Database actual, Disposal disposal) {
    return switch (disposal) {
      case Disposal.Delete() ->
          send(request(actual).skipFinalSnapshot(true).deleteAutomatedBackups(true).build());
      case Disposal.SnapshotThenDelete(String name) -> snapshotThenDelete(actual, name);
      case Disposal.Retain retain ->
          throw new IllegalArgumentException("retaining is not deleting: " + retain);
    };
  }

  /**
   * A snapshot of that name while the instance is still there is of an earlier attempt that RDS
   * gave up, and may miss what was written since: another one is taken under the next free name.
   */
  private Database snapshotThenDelete(Database actual, String name) {
    try {
      return send(withSnapshot(actual, name));
    } catch (DbSnapshotAlreadyExistsException e) {
      return send(withSnapshot(actual, nextFree(actual, name)));
    }
  }

  private String nextFree(Database actual, String name) {
    List<String> taken =
        clients
            .rds()
            .describeDBSnapshotsPaginator(request -> request.dbInstanceIdentifier(actual.name()))
            .dbSnapshots()
            .stream()
            .map(snapshot -> snapshot.dbSnapshotIdentifier())
            .toList();
    int number = 2;
    while (taken.contains(name + "-" + number)) {
      number++;
    }
    return name + "-" + number;
  }

  /** Automated backups outlive it for their retention: a second way back. */
  private static DeleteDbInstanceRequest withSnapshot(Database actual, String name) {
    return request(actual)
        .skipFinalSnapshot(false)
        .finalDBSnapshotIdentifier(name)
        .deleteAutomatedBackups(false)
        .build();
  }

  private static DeleteDbInstanceRequest.Builder request(Database actual) {
    return DeleteDbInstanceRequest.builder().dbInstanceIdentifier(actual.name());
  }

  private Database send(DeleteDbInstanceRequest request) {
    return DatabaseMapping.row(clients.rds().deleteDBInstance(request).dbInstance());
  }
}
