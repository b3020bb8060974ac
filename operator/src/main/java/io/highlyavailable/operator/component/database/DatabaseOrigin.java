package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.model.RestoreFrom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * Makes an instance out of a snapshot or of another instance's past, after looking whether the
 * namespace may have that data. What RDS does not take here, such as the master password, is set by
 * the change that follows.
 */
final class DatabaseOrigin {
  private final AwsClients clients;
  private final DatabaseDesired desired;
  private final Map<String, String> tags;

  DatabaseOrigin(AwsClients clients, DatabaseDesired desired, Map<String, String> tags) {
    this.clients = clients;
    this.desired = desired;
    this.tags = tags;
  }

  DBInstance fromSnapshot(RestoreFrom.Snapshot from) {
    DBSnapshot snapshot =
        snapshot(from.id())
            .orElseThrow(() -> refused("NotFound", "there is no snapshot " + from.id(), WHICH));
    check("snapshot " + from.id(), snapshot.tagList(), snapshot.engine(), snapshot.encrypted());
    Database.Settings want = desired.settings();
    var request =
        RestoreDbInstanceFromDbSnapshotRequest.builder()
            .dbInstanceIdentifier(desired.name())
            .dbSnapshotIdentifier(from.id())
            .dbParameterGroupName(group(snapshot.engineVersion()))
            .dbInstanceClass(want.instanceClass())
            .storageType(want.storageType())
            .multiAZ(want.multiAz())
            .publiclyAccessible(want.publiclyAccessible())
            .copyTagsToSnapshot(want.copyTagsToSnapshot())
            .deletionProtection(want.deletionProtection())
            .autoMinorVersionUpgrade(want.autoMinorVersionUpgrade())
            .dbSubnetGroupName(want.subnetGroup())
            .vpcSecurityGroupIds(want.securityGroupIds())
            .tags(DatabaseMapping.tags(tags))
            .build();
    return clients.rds().restoreDBInstanceFromDBSnapshot(request).dbInstance();
  }

  DBInstance fromThePast(RestoreFrom.PointInTime from) {
    DBInstance source =
        instance(from.sourceId())
            .orElseThrow(
                () -> refused("NotFound", "there is no instance " + from.sourceId(), WHICH));
    check(
        "instance " + from.sourceId(),
        source.tagList(),
        source.engine(),
        source.storageEncrypted());
    Database.Settings want = desired.settings();
    var request =
        RestoreDbInstanceToPointInTimeRequest.builder()
            .targetDBInstanceIdentifier(desired.name())
            .sourceDBInstanceIdentifier(from.sourceId())
            .useLatestRestorableTime(from.time() == null ? true : null)
            .restoreTime(from.time())
            .dbParameterGroupName(group(source.engineVersion()))
            .dbInstanceClass(want.instanceClass())
            .storageType(want.storageType())
            .multiAZ(want.multiAz())
            .publiclyAccessible(want.publiclyAccessible())
            .copyTagsToSnapshot(want.copyTagsToSnapshot())
            .deletionProtection(want.deletionProtection())
            .autoMinorVersionUpgrade(want.autoMinorVersionUpgrade())
            .dbSubnetGroupName(want.subnetGroup())
            .vpcSecurityGroupIds(want.securityGroupIds())
            .tags(DatabaseMapping.tags(tags))
            .build();
    return clients.rds().restoreDBInstanceToPointInTime(request).dbInstance();
  }

  private static final String WHICH =
      "Name one that exists in spec.database.rds.restoreFrom, or write {empty: true}";

  /** What is restored is of the version it was; its group is chosen then if there is none yet. */
  private @Nullable String group(String version) {
    return desired.parameterGroup(version).orElse(null);
  }

  private Optional<DBSnapshot> snapshot(String id) {
    try {
      return clients
          .rds()
          .describeDBSnapshots(request -> request.dbSnapshotIdentifier(id))
          .dbSnapshots()
          .stream()
          .findFirst();
    } catch (DbSnapshotNotFoundException e) {
      return Optional.empty();
    }
  }

  private Optional<DBInstance> instance(String id) {
    try {
      return clients
          .rds()
          .describeDBInstances(request -> request.dbInstanceIdentifier(id))
          .dbInstances()
          .stream()
          .findFirst();
    } catch (DbInstanceNotFoundException e) {
      return Optional.empty();
    }
  }

  private void check(String what, List<Tag> list, String engine, Boolean encrypted) {
    Map<String, String> theirs = list.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    if (!OwnershipTags.releasedTo(tags, theirs)) {
      String namespace = tags.get(OwnershipTags.NAMESPACE);
      throw refused(
          "NotReleased",
          what + " is not released to namespace " + namespace,
          "An administrator releases it with the tag %s=%s"
              .formatted(OwnershipTags.ALLOWED_NAMESPACE, namespace));
    }
    if (!desired.engine().equals(engine)) {
      throw refused(
          "OtherEngine",
          "%s is of engine %s, not %s".formatted(what, engine, desired.engine()),
          "Name another one, or set spec.database.rds.engine in an app of its own");
    }
    if (!Boolean.TRUE.equals(encrypted)) {
      throw refused(
          "NotEncrypted",
          what + " is not encrypted, and what is restored from it would not be either",
          "Copy it with encryption (aws rds copy-db-snapshot --kms-key-id), and name the copy");
    }
  }

  private static CloudFailureException refused(String code, String message, String nextStep) {
    return new CloudFailureException(
        new CloudFailure(CloudFailure.Kind.INVALID, "restoreFrom", code, message, nextStep, false));
  }
}
