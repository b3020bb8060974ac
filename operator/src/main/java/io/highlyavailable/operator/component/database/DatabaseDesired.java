package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.EngineVersion;
import io.highlyavailable.operator.model.RestoreFrom;
import io.highlyavailable.operator.model.Sensitive;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An RDS instance as it should be. It is always encrypted.
 *
 * @param name its identifier
 * @param engine such as {@code postgres}
 * @param version the engine version or its beginning that it has at least, or null for any
 * @param newVersion the engine version that a new one is created with
 * @param adopted whether somebody else made it: then what is not the spec's to say stays as it was
 * @param settings what can be changed
 * @param parameterGroups names of the DB parameter groups there are for it, by family; empty while
 *     they are not known
 * @param backupWindowChosen whether a person chose the backup window; if not, each that RDS allows
 *     beside the maintenance window is as good
 * @param databaseName the database made with it
 * @param username its master user
 * @param password the master user's password
 * @param origin what it begins with, or null for nothing
 * @param credential fingerprint of the password, kept in a tag so that a lost one is noticed
 */
public record DatabaseDesired(
    String name,
    String engine,
    @Nullable String version,
    String newVersion,
    boolean adopted,
    Database.Settings settings,
    SortedMap<String, String> parameterGroups,
    boolean backupWindowChosen,
    String databaseName,
    String username,
    Sensitive password,
    @Nullable RestoreFrom origin,
    String credential) {
  public DatabaseDesired {
    parameterGroups = Collections.unmodifiableSortedMap(new TreeMap<>(parameterGroups));
  }

  /** The group for an instance of a version, if there is one. */
  Optional<String> parameterGroup(String version) {
    return Optional.ofNullable(parameterGroups.get(EngineVersion.family(engine, version)));
  }

  /**
   * The same for an instance that is there. An adopted one keeps its subnets, the security groups
   * it has beside ours, its kind of storage, RDS's own protection, and monitoring and a ceiling of
   * its storage that the spec says nothing of.
   */
  DatabaseDesired over(Database actual) {
    return adopted ? with(kept(actual.settings())) : this;
  }

  private Database.Settings kept(Database.Settings have) {
    SortedSet<String> groups = new TreeSet<>(have.securityGroupIds());
    groups.addAll(settings.securityGroupIds());
    Integer ceiling = settings.maxStorageGiB();
    return new Database.Settings(
        settings.instanceClass(),
        settings.storageGiB(),
        ceiling == null ? have.maxStorageGiB() : ceiling,
        have.storageType(),
        settings.multiAz(),
        settings.publiclyAccessible(),
        settings.backupRetentionDays(),
        settings.backupWindow(),
        settings.maintenanceWindow(),
        settings.copyTagsToSnapshot(),
        have.deletionProtection(),
        settings.autoMinorVersionUpgrade(),
        have.subnetGroup(),
        groups,
        Database.Monitoring.NONE.equals(settings.monitoring()) ? null : settings.monitoring());
  }

  private DatabaseDesired with(Database.Settings changed) {
    return new DatabaseDesired(
        name,
        engine,
        version,
        newVersion,
        adopted,
        changed,
        parameterGroups,
        backupWindowChosen,
        databaseName,
        username,
        password,
        origin,
        credential);
  }
}
