package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.EngineVersion;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/**
 * One ModifyDBInstance call. What can be changed while the instance serves goes first, alone; what
 * interrupts it goes with the next call, which comes only when the app's window or a person lets it
 * and so is applied at once. The two never share a call, because {@code ApplyImmediately} holds for
 * all of it, and for all that is queued already.
 *
 * @param request the call
 * @param changesPassword whether it sets the master password
 * @param onlyRestarts whether there is nothing to change, and the instance is to be restarted
 */
record DatabaseModification(
    ModifyDbInstanceRequest request, boolean changesPassword, boolean onlyRestarts) {
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
    return new DatabaseModification(
        request.build(),
        fields.contains(DatabaseDifferences.PASSWORD),
        fields.equals(Set.of(DatabaseDifferences.PARAMETERS)));
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
      case DatabaseDifferences.MONITORING -> monitor(request, want.monitoring());
      case DatabaseDifferences.VERSION -> upgrade(request, desired, actual);
      case DatabaseDifferences.PARAMETER_GROUP ->
          desired.parameterGroup(actual.version()).ifPresent(request::dbParameterGroupName);
      // What else is changed with it restarts the instance; alone, it is a restart and no change.
      case DatabaseDifferences.PARAMETERS -> {}
      case DatabaseDifferences.PASSWORD -> request.masterUserPassword(desired.password().value());
      default -> throw new IllegalArgumentException("cannot be changed: " + field);
    }
  }

  private static void monitor(
      ModifyDbInstanceRequest.Builder request, Database.@Nullable Monitoring want) {
    int seconds = want == null ? 0 : want.seconds();
    request.monitoringInterval(seconds);
    if (want != null && seconds > 0) {
      request.monitoringRoleArn(want.roleArn());
    }
  }

  /**
   * Of an instance that uses a group of its own, RDS demands one of the new family together with
   * another major version ({@code EngineVersion} of ModifyDBInstance).
   */
  private static void upgrade(
      ModifyDbInstanceRequest.Builder request, DatabaseDesired desired, Database actual) {
    String version = Objects.requireNonNull(desired.version());
    request.engineVersion(version).allowMajorVersionUpgrade(true);
    if (EngineVersion.majorDiffers(desired.engine(), actual.version(), version)) {
      desired.parameterGroup(version).ifPresent(request::dbParameterGroupName);
    }
  }

  /** RDS turns autoscaling off when the ceiling is the storage itself. */
  private static int ceiling(Database.Settings want, Database actual) {
    Integer ceiling = want.maxStorageGiB();
    int storage = Math.max(want.storageGiB(), actual.settings().storageGiB());
    return ceiling == null ? storage : ceiling;
  }
}
