package io.highlyavailable.operator.component.backupcopy;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.database.Database;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Copies of the database's automated backups in the recovery region, kept as long as its own. */
public final class BackupCopyRules implements Component<BackupCopyDesired, BackupCopy> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("database-backups");

  static final String RETENTION = "backupRetentionDays";
  static final String SOURCE = "source";
  static final String KEY = "kmsKey";

  /** RDS's words for copies that arrive, and for those that are about to. */
  private static final Set<String> GOOD = Set.of("active", "creating", "pending", "replicating");

  private static final ComponentName DATABASE = new ComponentName("database");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "rds-backups";
  }

  @Override
  public String condition() {
    return "BackupsReady";
  }

  @Override
  public Class<BackupCopy> resourceType() {
    return BackupCopy.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(DATABASE);
  }

  @Override
  public boolean wanted(App app) {
    return app.databaseCopies().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.databaseId());
  }

  @Override
  public Optional<String> lastName(Map<ComponentName, String> ids) {
    return Optional.ofNullable(ids.get(DATABASE)).map(Database::nameOf);
  }

  @Override
  public Desired<BackupCopyDesired> desired(App app, Upstream upstream) {
    String region = upstream.settings().recoveryRegion();
    Optional<String> key = upstream.settings().recoveryKmsKeyArn();
    if (key.isEmpty()) {
      return new Desired.Impossible<>(
          "RDS copies encrypted backups with a KMS key of the other region only, and none is"
              + " configured for "
              + region,
          "add the ARN of a key in "
              + region
              + " to HAAPP_RECOVERY_KMS_KEY_ARNS in the operator's configuration, or set"
              + " disasterRecovery.databaseBackups to false");
    }
    Optional<Database> database = upstream.ready(Database.class);
    if (database.isEmpty()) {
      return new Desired.Waiting<>("waiting for the database");
    }
    return new Desired.Known<>(
        new BackupCopyDesired(
            app.databaseId(),
            database.get().id(),
            app.region(),
            app.databaseSettings().orElseThrow().backupRetentionDays(),
            key.get()));
  }

  @Override
  public List<Difference> differences(BackupCopyDesired desired, BackupCopy actual) {
    List<Difference> found = new ArrayList<>();
    compare(found, SOURCE, desired.sourceArn(), actual.sourceArn());
    compare(found, RETENTION, "" + desired.retentionDays(), "" + actual.retentionDays());
    compare(found, KEY, desired.kmsKeyArn(), actual.kmsKeyArn());
    return found;
  }

  private static void compare(List<Difference> found, String field, String wanted, String actual) {
    if (!wanted.equals(actual)) {
      found.add(new Difference(field, wanted, actual.isEmpty() ? "none" : actual, Impact.IN_PLACE));
    }
  }

  /**
   * Copying is what is asked for; whether a copy has arrived yet is said elsewhere, so that an app
   * does not wait an hour for the first.
   */
  @Override
  public Readiness readiness(BackupCopyDesired desired, BackupCopy actual) {
    return GOOD.contains(actual.state())
        ? new Readiness.Ready()
        : new Readiness.Failed(
            "RDS reports " + actual.state(),
            "look at the instance's events in RDS: a KMS key that is disabled or a region that is"
                + " not enabled stops the copying");
  }

  @Override
  public String remark(BackupCopy actual) {
    return actual.restorableTo() == null ? "the first copy has not arrived yet" : "";
  }

  @Override
  public boolean inRecoveryRegion() {
    return true;
  }

  @Override
  public Optional<ComponentName> partOf() {
    return Optional.of(DATABASE);
  }

  @Override
  public Optional<Instant> restorableTo(BackupCopy actual) {
    return Optional.ofNullable(actual.restorableTo());
  }

  @Override
  public DeletionPolicy deletionPolicy(App app) {
    return app.databaseSettings()
        .map(DatabaseSettings::deletionPolicy)
        .orElse(app.deletionPolicy());
  }

  /**
   * A database that stays is copied on. Otherwise copying stops, which takes nothing away: what was
   * copied stays until its retention is over.
   */
  @Override
  public Disposal disposal(DeletionPolicy policy, App app, BackupCopy actual) {
    boolean databaseLeaves = app.deleting() || app.databaseSettings().isEmpty();
    boolean databaseStays = app.deletionProtection() || policy == DeletionPolicy.RETAIN;
    return databaseLeaves && databaseStays
        ? new Disposal.Retain(policy.name(), "its database is kept")
        : new Disposal.Delete();
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "rds:DescribeDBInstanceAutomatedBackups",
        "rds:StartDBInstanceAutomatedBackupsReplication",
        "rds:StopDBInstanceAutomatedBackupsReplication",
        "kms:CreateGrant",
        "kms:DescribeKey");
  }
}
