package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.RestoreTest;
import io.highlyavailable.operator.model.Sensitive;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The temporary instance that the latest backup is restored into while a verification is on. It
 * says itself, in tags, what it is for and since when, so that it is known after any restart.
 */
public final class RestoredInstanceRules implements Component<RestoredInstanceDesired, Database> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("database-verification");

  /** The tag without which nothing is deleted without a snapshot here. */
  public static final String PURPOSE = "highlyavailable.io/purpose";

  /** The value of {@link #PURPOSE}. */
  public static final String VERIFICATION = "restore-verification";

  static final String STARTED = "highlyavailable.io/verification-started";
  static final String RESTORED_TO = "highlyavailable.io/restored-to";
  static final String SUFFIX = "-verify";
  static final String RETENTION = "backupRetentionDays";

  private static final ComponentName SUBNET_GROUP = new ComponentName("database-subnet-group");
  private static final ComponentName SECURITY_GROUP = new ComponentName("database-security-group");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "rds";
  }

  @Override
  public String condition() {
    return "BackupsReady";
  }

  @Override
  public Class<Database> resourceType() {
    return Database.class;
  }

  /** It is of the database, and among its subnets and security group: these go after it. */
  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(DatabaseRules.NAME, SUBNET_GROUP, SECURITY_GROUP);
  }

  @Override
  public boolean wanted(App app) {
    return app.restoreTest().flatMap(RestoreTest::running).isPresent();
  }

  @Override
  public boolean temporary() {
    return true;
  }

  @Override
  public boolean lookedFor(App app) {
    return app.databaseSettings().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(instance(app));
  }

  /** The identifier of an app's temporary instance. */
  public static String instance(App app) {
    return app.resourceName() + SUFFIX;
  }

  @Override
  public Desired<RestoredInstanceDesired> desired(App app, Upstream upstream) {
    Optional<SubnetGroup> subnets = upstream.ready(SUBNET_GROUP, SubnetGroup.class);
    Optional<SecurityGroup> security = upstream.ready(SECURITY_GROUP, SecurityGroup.class);
    Optional<Sensitive> password = upstream.secret(DatabaseRules.MASTER_SECRET);
    if (subnets.isEmpty() || security.isEmpty() || password.isEmpty()) {
      return new Desired.Waiting<>("waiting for the database");
    }
    RestoreTest test = app.restoreTest().orElseThrow();
    RestoreTest.Run run = test.running().orElseThrow();
    return new Desired.Known<>(
        new RestoredInstanceDesired(
            instance(app),
            app.databaseId(),
            test.instanceClass(),
            subnets.get().name(),
            security.get().groupId(),
            password.get(),
            Map.of(
                PURPOSE,
                VERIFICATION,
                STARTED,
                run.started().toString(),
                RESTORED_TO,
                run.restoredTo())));
  }

  /** Backups of it are of no use. With them off, its master password is the app's present one. */
  @Override
  public List<Difference> differences(RestoredInstanceDesired desired, Database actual) {
    int days = actual.settings().backupRetentionDays();
    return days == 0 || !temporary(actual)
        ? List.of()
        : List.of(new Difference(RETENTION, "0", "" + days, Impact.IN_PLACE));
  }

  @Override
  public Readiness readiness(RestoredInstanceDesired desired, Database actual) {
    return DatabaseReadiness.of(actual);
  }

  /** Whether an instance is one of these, by its name and by what it says it is for. */
  public static boolean temporary(Database actual) {
    return actual.name().endsWith(SUFFIX) && VERIFICATION.equals(actual.tags().get(PURPOSE));
  }

  /** Since when the verification is on; the epoch where that cannot be read. */
  public static Instant started(Database actual) {
    try {
      return Instant.parse(actual.tags().getOrDefault(STARTED, ""));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /** The time that its backup reaches at least; empty where that is not known. */
  public static String restoredTo(Database actual) {
    return actual.tags().getOrDefault(RESTORED_TO, "");
  }

  /** Whether it serves with the password that the app's Secret holds, or why it does not. */
  public static Readiness serving(Database actual) {
    Readiness readiness = DatabaseReadiness.of(actual);
    boolean prepared = actual.settings().backupRetentionDays() == 0;
    return readiness instanceof Readiness.Ready && !prepared
        ? new Readiness.Progressing("its password is being set")
        : readiness;
  }

  /** Where it listens; {@code actual} has an endpoint. */
  public static UserTarget target(App app, Database actual) {
    Objects.requireNonNull(actual.endpoint());
    return DatabaseRules.userTarget(app, actual);
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "rds:DescribeDBInstances",
        "rds:DescribeDBSnapshots",
        "rds:RestoreDBInstanceFromDBSnapshot",
        "rds:RestoreDBInstanceToPointInTime",
        "rds:ModifyDBInstance",
        "rds:DeleteDBInstance",
        "rds:AddTagsToResource",
        "rds:RemoveTagsFromResource");
  }
}
