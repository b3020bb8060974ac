package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.EngineVersion;
import io.highlyavailable.operator.model.MaintenanceWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the owned fields of an instance. Storage that autoscaling has grown and versions that
 * RDS has upgraded are not differences. The impacts are those of RDS's table "Settings for DB
 * instances".
 */
final class DatabaseDifferences {
  static final String INSTANCE_CLASS = "instanceClass";
  static final String STORAGE = "storageGiB";
  static final String MAX_STORAGE = "maxStorageGiB";
  static final String STORAGE_TYPE = "storageType";
  static final String MULTI_AZ = "multiAz";
  static final String PUBLIC = "publiclyAccessible";
  static final String RETENTION = "backupRetentionDays";
  static final String WINDOW = "backupWindow";
  static final String MAINTENANCE = "maintenanceWindow";
  static final String COPY_TAGS = "copyTagsToSnapshot";
  static final String PROTECTION = "deletionProtection";
  static final String MINOR_UPGRADE = "autoMinorVersionUpgrade";
  static final String SUBNET_GROUP = "subnetGroup";
  static final String SECURITY_GROUPS = "securityGroupIds";
  static final String VERSION = "version";
  static final String MONITORING = "monitoringIntervalSeconds";
  static final String PARAMETER_GROUP = "parameterGroup";
  static final String PARAMETERS = "parameters";
  static final String PASSWORD = "masterPassword";

  /** Fingerprint of the master password that the instance was last given. */
  static final String CREDENTIAL_TAG = "highlyavailable.io/credential";

  private final List<Difference> found = new ArrayList<>();

  private DatabaseDifferences() {}

  static List<Difference> between(DatabaseDesired desired, Database actual) {
    DatabaseDifferences differences = new DatabaseDifferences();
    differences.fixed(desired, actual);
    differences.capacity(desired, actual);
    differences.protection(desired, actual.settings());
    differences.access(desired, actual);
    differences.parameters(desired, actual);
    return List.copyOf(differences.found);
  }

  private void fixed(DatabaseDesired desired, Database actual) {
    compare("engine", desired.engine(), actual.engine(), Impact.REPLACING);
    compare("encrypted", true, actual.encrypted(), Impact.REPLACING);
    String wanted = desired.version();
    boolean sameEngine = desired.engine().equals(actual.engine());
    if (wanted != null && sameEngine && EngineVersion.olderThan(actual.version(), wanted)) {
      boolean major = EngineVersion.majorDiffers(desired.engine(), actual.version(), wanted);
      if (major && !desired.adopted() && desired.parameterGroup(wanted).isEmpty()) {
        // RDS moves it to the new family's group in the same call, so that has to be there.
        return;
      }
      found.add(
          new Difference(
              VERSION, wanted, actual.version(), major ? Impact.IRREVERSIBLE : Impact.DISRUPTIVE));
    }
  }

  private void capacity(DatabaseDesired desired, Database actual) {
    Database.Settings want = desired.settings();
    Database.Settings have = actual.settings();
    compare(INSTANCE_CLASS, want.instanceClass(), have.instanceClass(), Impact.DISRUPTIVE);
    compare(MULTI_AZ, want.multiAz(), have.multiAz(), Impact.DISRUPTIVE);
    if (have.storageGiB() < want.storageGiB()) {
      compare(STORAGE, want.storageGiB(), have.storageGiB(), Impact.IN_PLACE);
    }
    compare(MAX_STORAGE, ceiling(want, have), have.maxStorageGiB(), Impact.IN_PLACE);
    compare(STORAGE_TYPE, want.storageType(), have.storageType(), Impact.IN_PLACE);
  }

  /** A ceiling that the storage has reached or passed cannot be set any more. */
  private static @Nullable Integer ceiling(Database.Settings want, Database.Settings have) {
    Integer ceiling = want.maxStorageGiB();
    return ceiling != null && ceiling <= have.storageGiB() ? have.maxStorageGiB() : ceiling;
  }

  private void protection(DatabaseDesired desired, Database.Settings have) {
    Database.Settings want = desired.settings();
    compare(RETENTION, want.backupRetentionDays(), have.backupRetentionDays(), Impact.IN_PLACE);
    if (desired.backupWindowChosen() || overlaps(want, have)) {
      compare(WINDOW, want.backupWindow(), have.backupWindow(), Impact.IN_PLACE);
    }
    compare(MAINTENANCE, want.maintenanceWindow(), have.maintenanceWindow(), Impact.IN_PLACE);
    compare(COPY_TAGS, want.copyTagsToSnapshot(), have.copyTagsToSnapshot(), Impact.IN_PLACE);
    compare(PROTECTION, want.deletionProtection(), have.deletionProtection(), Impact.IN_PLACE);
    compare(
        MINOR_UPGRADE,
        want.autoMinorVersionUpgrade(),
        have.autoMinorVersionUpgrade(),
        Impact.IN_PLACE);
  }

  private static boolean overlaps(Database.Settings want, Database.Settings have) {
    return !have.backupWindow().isEmpty()
        && MaintenanceWindow.parse(want.maintenanceWindow()).overlaps(have.backupWindow());
  }

  private void access(DatabaseDesired desired, Database actual) {
    Database.Settings want = desired.settings();
    Database.Settings have = actual.settings();
    compare(PUBLIC, want.publiclyAccessible(), have.publiclyAccessible(), Impact.IN_PLACE);
    compare(SUBNET_GROUP, want.subnetGroup(), have.subnetGroup(), Impact.DISRUPTIVE);
    compare(SECURITY_GROUPS, want.securityGroupIds(), have.securityGroupIds(), Impact.IN_PLACE);
    if (want.monitoring() != null) {
      compare(MONITORING, want.monitoring(), have.monitoring(), Impact.IN_PLACE);
    }
    String known = actual.tags().getOrDefault(CREDENTIAL_TAG, "unknown");
    compare(PASSWORD, desired.credential(), known, Impact.IN_PLACE);
  }

  /**
   * Another group changes nothing before the instance restarts, as ModifyDBInstance documents of
   * {@code DBParameterGroupName}; the restart is what interrupts. While changes of others wait, the
   * version that it will be of is not known for sure.
   */
  private void parameters(DatabaseDesired desired, Database actual) {
    Database.Parameters have = actual.parameters();
    Optional<String> want =
        desired.engine().equals(actual.engine()) && !actual.changesQueued()
            ? desired.parameterGroup(actual.version())
            : Optional.empty();
    if (want.isEmpty()) {
      return;
    }
    if (!want.get().equals(have.group())) {
      compare(PARAMETER_GROUP, want.get(), have.group(), Impact.IN_PLACE);
    } else if (Database.Parameters.PENDING_REBOOT.equals(have.status())) {
      compare(PARAMETERS, Database.Parameters.IN_SYNC, have.status(), Impact.DISRUPTIVE);
    }
  }

  private void compare(
      String field, @Nullable Object wanted, @Nullable Object actual, Impact impact) {
    if (!Objects.equals(wanted, actual)) {
      found.add(new Difference(field, printable(wanted), printable(actual), impact));
    }
  }

  private static String printable(@Nullable Object value) {
    return value == null ? "none" : value.toString();
  }
}
