package io.highlyavailable.operator.component.database;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** Reads RDS's answer; what waits for the maintenance window is read as if it were done. */
final class DatabaseMapping {
  private static final PendingModifiedValues NOTHING = PendingModifiedValues.builder().build();

  private static final long QUARTER = Duration.ofMinutes(15).toSeconds();

  private DatabaseMapping() {}

  /** Tags as RDS takes them, in a stable order. */
  static List<Tag> tags(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }

  static Database row(DBInstance instance) {
    PendingModifiedValues pending =
        Optional.ofNullable(instance.pendingModifiedValues()).orElse(NOTHING);
    return new Database(
        instance.dbInstanceIdentifier(),
        instance.dbInstanceArn(),
        String.valueOf(instance.dbInstanceStatus()),
        incarnation(instance),
        instance.engine(),
        either(pending.engineVersion(), instance.engineVersion()),
        settings(instance, pending),
        Boolean.TRUE.equals(instance.storageEncrypted()),
        endpoint(instance),
        either(instance.dbName(), ""),
        either(instance.masterUsername(), ""),
        parameters(instance),
        !pending.equals(NOTHING),
        quarter(instance.latestRestorableTime()),
        instance.tagList().stream()
            .collect(Collectors.toMap(Tag::key, tag -> either(tag.value(), ""))));
  }

  /**
   * A replica and how it copies; RDS documents {@code read replication} as its only status type.
   */
  static ReadReplica replica(DBInstance instance) {
    Optional<DBInstanceStatusInfo> info = instance.statusInfos().stream().findFirst();
    return new ReadReplica(
        row(instance),
        either(instance.readReplicaSourceDBInstanceIdentifier(), ""),
        info.map(DBInstanceStatusInfo::status).orElse(""),
        info.map(DBInstanceStatusInfo::message).orElse(""));
  }

  /** An instance has one group; while a new one is put in its place RDS shows that. */
  private static Database.Parameters parameters(DBInstance instance) {
    return instance.dbParameterGroups().stream()
        .findFirst()
        .map(
            group ->
                new Database.Parameters(
                    either(group.dbParameterGroupName(), ""),
                    either(group.parameterApplyStatus(), "")))
        .orElse(Database.Parameters.UNKNOWN);
  }

  /** The quarter of an hour that a moment is in. */
  static @Nullable Instant quarter(@Nullable Instant moment) {
    return moment == null
        ? null
        : Instant.ofEpochSecond(moment.getEpochSecond() / QUARTER * QUARTER);
  }

  private static Database.Settings settings(DBInstance instance, PendingModifiedValues pending) {
    int storage = either(pending.allocatedStorage(), either(instance.allocatedStorage(), 0));
    return new Database.Settings(
        either(pending.dbInstanceClass(), instance.dbInstanceClass()),
        storage,
        ceiling(instance.maxAllocatedStorage(), storage),
        either(pending.storageType(), either(instance.storageType(), "")),
        either(pending.multiAZ(), Boolean.TRUE.equals(instance.multiAZ())),
        Boolean.TRUE.equals(instance.publiclyAccessible()),
        either(pending.backupRetentionPeriod(), either(instance.backupRetentionPeriod(), 0)),
        either(instance.preferredBackupWindow(), ""),
        either(instance.preferredMaintenanceWindow(), ""),
        Boolean.TRUE.equals(instance.copyTagsToSnapshot()),
        Boolean.TRUE.equals(instance.deletionProtection()),
        Boolean.TRUE.equals(instance.autoMinorVersionUpgrade()),
        subnetGroup(instance, pending),
        instance.vpcSecurityGroups().stream()
            .filter(group -> !String.valueOf(group.status()).startsWith("remov"))
            .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
            .collect(Collectors.toCollection(TreeSet::new)),
        monitoring(instance));
  }

  private static Database.Monitoring monitoring(DBInstance instance) {
    int seconds = either(instance.monitoringInterval(), 0);
    return seconds == 0
        ? Database.Monitoring.NONE
        : new Database.Monitoring(seconds, either(instance.monitoringRoleArn(), ""));
  }

  /** A ceiling that equals the storage is how autoscaling is turned off. */
  private static @Nullable Integer ceiling(@Nullable Integer ceiling, int storage) {
    return ceiling == null || ceiling <= storage ? null : ceiling;
  }

  private static String subnetGroup(DBInstance instance, PendingModifiedValues pending) {
    String current =
        instance.dbSubnetGroup() == null ? "" : instance.dbSubnetGroup().dbSubnetGroupName();
    return either(pending.dbSubnetGroupName(), current);
  }

  private static Database.@Nullable Endpoint endpoint(DBInstance instance) {
    var endpoint = instance.endpoint();
    return endpoint == null || endpoint.address() == null || endpoint.port() == null
        ? null
        : new Database.Endpoint(endpoint.address(), endpoint.port());
  }

  private static String incarnation(DBInstance instance) {
    Instant created = instance.instanceCreateTime();
    return either(instance.dbiResourceId(), "") + "/" + (created == null ? "" : created);
  }

  private static <T> T either(@Nullable T first, T second) {
    return first == null ? second : first;
  }
}
