package io.highlyavailable.operator.model;

import org.jspecify.annotations.Nullable;

/**
 * A relational database on RDS.
 *
 * @param engine {@code postgres}, {@code mysql} or {@code mariadb}
 * @param version the engine version, or null for RDS's default
 * @param instanceClass such as {@code db.t4g.medium}
 * @param storageGiB allocated storage
 * @param maxStorageGiB ceiling of storage autoscaling, or null for none
 * @param multiAz whether a standby is kept in another zone
 * @param backupRetentionDays 1 to 35
 * @param backupWindow UTC {@code hh:mm-hh:mm}, or null for any beside the maintenance window
 * @param restoreFrom what it begins with, or null for nobody's decision
 * @param existing identifier of an instance to take over, or null to make one
 * @param deletionPolicy what becomes of it when removed; what was taken over is retained
 * @param readReplicas how many instances copy it for reading
 * @param monitoringIntervalSeconds seconds between points of Enhanced Monitoring; 0 for none
 */
public record DatabaseSettings(
    String engine,
    @Nullable String version,
    String instanceClass,
    int storageGiB,
    @Nullable Integer maxStorageGiB,
    boolean multiAz,
    int backupRetentionDays,
    @Nullable String backupWindow,
    @Nullable RestoreFrom restoreFrom,
    @Nullable String existing,
    DeletionPolicy deletionPolicy,
    int readReplicas,
    int monitoringIntervalSeconds) {

  /** One that the operator makes, without read replicas and Enhanced Monitoring. */
  public DatabaseSettings(
      String engine,
      @Nullable String version,
      String instanceClass,
      int storageGiB,
      @Nullable Integer maxStorageGiB,
      boolean multiAz,
      int backupRetentionDays,
      @Nullable String backupWindow,
      @Nullable RestoreFrom restoreFrom,
      DeletionPolicy deletionPolicy) {
    this(
        engine,
        version,
        instanceClass,
        storageGiB,
        maxStorageGiB,
        multiAz,
        backupRetentionDays,
        backupWindow,
        restoreFrom,
        null,
        deletionPolicy,
        0,
        0);
  }
}
