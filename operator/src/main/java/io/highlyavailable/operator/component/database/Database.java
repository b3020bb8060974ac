package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.RunningEngine;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An RDS instance. What is waiting for the maintenance window counts as done.
 *
 * @param name its identifier
 * @param id its ARN
 * @param state RDS's word for its status
 * @param incarnation changes when an instance is recreated under the same identifier
 * @param engine such as {@code postgres}
 * @param version the engine's full version
 * @param settings what can be changed
 * @param encrypted whether its storage is encrypted; fixed at creation
 * @param endpoint where it listens, or null while it has no address
 * @param databaseName the database in it; empty for none
 * @param username its master user
 * @param parameters the DB parameter group it uses
 * @param changesQueued whether changes wait for the maintenance window
 * @param restorableTo the newest time it can be brought back to, down to a quarter of an hour so
 *     that a row is not another one every five minutes; null while there is none
 * @param tags its tags
 */
public record Database(
    String name,
    String id,
    String state,
    String incarnation,
    String engine,
    String version,
    Settings settings,
    boolean encrypted,
    @Nullable Endpoint endpoint,
    String databaseName,
    String username,
    Parameters parameters,
    boolean changesQueued,
    @Nullable Instant restorableTo,
    Map<String, String> tags)
    implements RunningEngine {

  /** Serving, and open to changes. Others are either on their way here or need help. */
  private static final Set<String> STEADY =
      Set.of("available", "storage-optimization", "stopped", "storage-full", "failed");

  public Database {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** The identifier of the instance with this ARN. */
  public static String nameOf(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  @Override
  public boolean inTransition() {
    boolean changing =
        !STEADY.contains(state) && !state.startsWith("in") && !state.endsWith("-error");
    return changing || Parameters.APPLYING.equals(parameters.status());
  }

  @Override
  public Set<String> parameterGroups() {
    return parameters.group().isEmpty() ? Set.of() : Set.of(parameters.group());
  }

  @Override
  public boolean deleting() {
    return "deleting".equals(state) || "delete-precheck".equals(state);
  }

  Database withTags(Map<String, String> changed) {
    return new Database(
        name,
        id,
        state,
        incarnation,
        engine,
        version,
        settings,
        encrypted,
        endpoint,
        databaseName,
        username,
        parameters,
        changesQueued,
        restorableTo,
        changed);
  }

  /**
   * Where it listens.
   *
   * @param host its DNS name
   * @param port TCP port
   */
  public record Endpoint(String host, int port) {}

  /**
   * The DB parameter group that it uses.
   *
   * @param group the group's name; empty when unknown
   * @param status RDS's word for how far its parameters are in effect; empty when unknown
   */
  public record Parameters(String group, String status) {
    /** In effect. */
    static final String IN_SYNC = "in-sync";

    /** Being put into effect. */
    static final String APPLYING = "applying";

    /** Not in effect before the instance restarts. */
    static final String PENDING_REBOOT = "pending-reboot";

    /** Nothing is known of it. */
    static final Parameters UNKNOWN = new Parameters("", "");
  }

  /**
   * What can be changed.
   *
   * @param instanceClass such as {@code db.t4g.medium}
   * @param storageGiB allocated storage
   * @param maxStorageGiB ceiling of storage autoscaling, or null for none
   * @param storageType such as {@code gp3}
   * @param multiAz whether a standby is kept in another zone
   * @param publiclyAccessible whether it has a public address
   * @param backupRetentionDays 0 for no backups
   * @param backupWindow UTC {@code hh:mm-hh:mm}; empty when unknown
   * @param maintenanceWindow UTC {@code ddd:hh:mm-ddd:hh:mm}; empty when unknown
   * @param copyTagsToSnapshot whether snapshots carry its tags
   * @param deletionProtection whether RDS refuses to delete it
   * @param autoMinorVersionUpgrade whether RDS upgrades it in the maintenance window
   * @param subnetGroup name of its DB subnet group
   * @param securityGroupIds who reaches it, ordered
   * @param monitoring its Enhanced Monitoring; in what is wanted, null while that cannot be said
   */
  public record Settings(
      String instanceClass,
      int storageGiB,
      @Nullable Integer maxStorageGiB,
      String storageType,
      boolean multiAz,
      boolean publiclyAccessible,
      int backupRetentionDays,
      String backupWindow,
      String maintenanceWindow,
      boolean copyTagsToSnapshot,
      boolean deletionProtection,
      boolean autoMinorVersionUpgrade,
      String subnetGroup,
      SortedSet<String> securityGroupIds,
      @Nullable Monitoring monitoring) {
    public Settings {
      securityGroupIds = Collections.unmodifiableSortedSet(new TreeSet<>(securityGroupIds));
    }

    /** Settings without Enhanced Monitoring. */
    public Settings(
        String instanceClass,
        int storageGiB,
        @Nullable Integer maxStorageGiB,
        String storageType,
        boolean multiAz,
        boolean publiclyAccessible,
        int backupRetentionDays,
        String backupWindow,
        String maintenanceWindow,
        boolean copyTagsToSnapshot,
        boolean deletionProtection,
        boolean autoMinorVersionUpgrade,
        String subnetGroup,
        SortedSet<String> securityGroupIds) {
      this(
          instanceClass,
          storageGiB,
          maxStorageGiB,
          storageType,
          multiAz,
          publiclyAccessible,
          backupRetentionDays,
          backupWindow,
          maintenanceWindow,
          copyTagsToSnapshot,
          deletionProtection,
          autoMinorVersionUpgrade,
          subnetGroup,
          securityGroupIds,
          Monitoring.NONE);
    }
  }

  /**
   * Enhanced Monitoring: metrics of the operating system.
   *
   * @param seconds between two points; 0 for none
   * @param roleArn the role that RDS sends them with; empty for none
   */
  public record Monitoring(int seconds, String roleArn) {
    /** No metrics. */
    public static final Monitoring NONE = new Monitoring(0, "");

    @Override
    public String toString() {
      return seconds == 0 ? "none" : "every " + seconds + " s with " + roleArn;
    }
  }
}
