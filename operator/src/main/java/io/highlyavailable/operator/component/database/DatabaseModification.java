package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/**
 * One ModifyDBInstance call. What can be changed while the instance serves goes first, alone; what
 * interrupts it goes with the next call, which comes only when the app's window or a person lets it
 * and so is applied at once. The two never share a call, because {@code ApplyImmediately} holds for
 * all of it, and for all that is queued already.
 */
record DatabaseModification(ModifyDbInstanceRequest request, boolean changesPassword) {
  /**
   * Those in-place changes that RDS would put off without {@code ApplyImmediately}; the others it
   * always makes at once.
   */
  private static final Set<String> PUT_OFF =
      Set.of(DatabaseDifferences.STORAGE, DatabaseDifferences.STORAGE_TYPE);

  static DatabaseModification of(
      Database actual, DatabaseDesired desired, List<Difference> changes) {
    Set<String> inPlace = fields(changes, Impact.IN_PLACE);
    boolean disruptive = inPlace.isEmpty();
    Set<String> fields =
        disruptive ? fields(changes, Impact.DISRUPTIVE, Impact.IRREVERSIBLE) : inPlace;
    ModifyDbInstanceRequest.Builder request =
        ModifyDbInstanceRequest.builder()
            .dbInstanceIdentifier(actual.name())
            .applyImmediately(
                disruptive
                    || !actual.changesQueued() && inPlace.stream().anyMatch(PUT_OFF::contains));
    fields.forEach(field -> set(request, field, desired, actual));
    return new DatabaseModification(request.build(), fields.contains(DatabaseDifferences.PASSWORD));
  }

  private static Set<String> fields(List<Difference> changes, Impact... impacts) {
    return changes.stream()
        .filter(change -> List.of(impacts).contains(change.impact()))
        .map(Difference::field)
        .collect(Collectors.toSet());
  }

  private static void set(
      ModifyDbInstanceRequest.Builder request,
      String field,
      DatabaseDesired desired,
      Database actual) {
    Database.Settings want = desired.settings();
    switch (field) {
      case DatabaseDifferences.INSTANCE_CLASS -> request.dbInstanceClass(want.instanceClass());
      case DatabaseDifferences.STORAGE -> request.allocatedStorage(want.storageGiB());
      case DatabaseDifferences.MAX_STORAGE -> request.maxAllocatedStorage(ceiling(want, actual));
      case DatabaseDifferences.STORAGE_TYPE -> request.storageType(want.storageType());
      case DatabaseDifferences.MULTI_AZ -> request.multiAZ(want.multiAz());
      case DatabaseDifferences.PUBLIC -> request.publiclyAccessible(want.publiclyAccessible());
      case DatabaseDifferences.RETENTION ->
          request.backupRetentionPeriod(want.backupRetentionDays());
      case DatabaseDifferences.WINDOW -> request.preferredBackupWindow(want.backupWindow());
      case DatabaseDifferences.MAINTENANCE ->
          request.preferredMaintenanceWindow(want.maintenanceWindow());
      case DatabaseDifferences.COPY_TAGS -> request.copyTagsToSnapshot(want.copyTagsToSnapshot());
      case DatabaseDifferences.PROTECTION -> request.deletionProtection(want.deletionProtection());
      case DatabaseDifferences.MINOR_UPGRADE ->
          request.autoMinorVersionUpgrade(want.autoMinorVersionUpgrade());
      case DatabaseDifferences.SUBNET_GROUP -> request.dbSubnetGroupName(want.subnetGroup());
      case DatabaseDifferences.SECURITY_GROUPS ->
          request.vpcSecurityGroupIds(want.securityGroupIds());
      case DatabaseDifferences.VERSION ->
          request.engineVersion(desired.version()).allowMajorVersionUpgrade(true);
      case DatabaseDifferences.PASSWORD -> request.masterUserPassword(desired.password().value());
      default -> throw new IllegalArgumentException("cannot be changed: " + field);
    }
  }

  /** RDS turns autoscaling off when the ceiling is the storage itself. */
  private static int ceiling(Database.Settings want, Database actual) {
    Integer ceiling = want.maxStorageGiB();
    int storage = Math.max(want.storageGiB(), actual.settings().storageGiB());
    return ceiling == null ? storage : ceiling;
  }
}
