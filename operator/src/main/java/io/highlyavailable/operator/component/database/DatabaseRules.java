package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Adoption;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.UserSlot;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.RestoreFrom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A private, encrypted, backed-up RDS instance with a generated master password. */
public final class DatabaseRules implements Component<DatabaseDesired, Database> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("database");

  /** The generated master password's Secret is called {@code <app>-database-master}. */
  public static final String MASTER_SECRET = "database-master";

  /** Reserved by none of the engines, unlike {@code admin} and {@code rdsadmin}. */
  static final String USERNAME = "haadmin";

  /** Within the tightest limit, MySQL's 41 characters, and far beyond guessing. */
  private static final int PASSWORD_LENGTH = 32;

  private static final String BINDING = "database";

  /** MySQL's limit of 64 is looser than PostgreSQL's. */
  private static final int LONGEST_DATABASE_NAME = 63;

  static final ComponentName SUBNET_GROUP = new ComponentName("database-subnet-group");
  private static final ComponentName SNAPSHOTS = new ComponentName("database-snapshots");
  static final ComponentName PARAMETER_GROUP = new ComponentName("database-parameter-group");
  private static final ComponentName DEFAULT_VERSION =
      new ComponentName("database-default-version");
  private static final ComponentName MONITORING = new ComponentName("database-monitoring-role");
  static final ComponentName SECURITY_GROUP = new ComponentName("database-security-group");

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
    return "DatabaseReady";
  }

  @Override
  public Class<Database> resourceType() {
    return Database.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(
        SUBNET_GROUP, SECURITY_GROUP, SNAPSHOTS, PARAMETER_GROUP, DEFAULT_VERSION, MONITORING);
  }

  @Override
  public boolean wanted(App app) {
    return app.databaseSettings().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.databaseId());
  }

  @Override
  public Optional<String> lastName(Map<ComponentName, String> ids) {
    return Optional.ofNullable(ids.get(NAME)).map(Database::nameOf);
  }

  @Override
  public Optional<Adoption<DatabaseDesired, Database>> adoption() {
    return Optional.of(new DatabaseAdoption());
  }

  @Override
  public Desired<DatabaseDesired> desired(App app, Upstream upstream) {
    return new DatabaseBlueprint(app, upstream).desired();
  }

  /**
   * {@code app_} and the app's name with everything but letters and digits as an underscore: valid
   * in every engine, and never a word that one of them reserves.
   */
  static String databaseName(String appName) {
    String name = "app_" + appName.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    return name.length() > LONGEST_DATABASE_NAME ? name.substring(0, LONGEST_DATABASE_NAME) : name;
  }

  @Override
  public List<Difference> differences(DatabaseDesired desired, Database actual) {
    return DatabaseDifferences.between(desired.over(actual), actual);
  }

  @Override
  public Readiness readiness(DatabaseDesired desired, Database actual) {
    return DatabaseReadiness.of(actual);
  }

  @Override
  public String remark(Database actual) {
    if (actual.changesQueued()) {
      return "changes that interrupt service wait for its maintenance window";
    }
    return "failed-to-apply".equals(actual.parameters().status())
        ? "RDS cannot apply its parameter group " + actual.parameters().group()
        : "";
  }

  @Override
  public Optional<Instant> restorableTo(Database actual) {
    return Optional.ofNullable(actual.restorableTo());
  }

  @Override
  public String beginning(App app) {
    return app.databaseSettings()
        .map(DatabaseSettings::restoreFrom)
        .map(RestoreFrom::text)
        .orElse("");
  }

  @Override
  public Optional<Desired<DatabaseDesired>> uncreatable(App app, Upstream upstream) {
    return DatabaseBeginnings.undecided(app, upstream);
  }

  @Override
  public String waysBack(App app, Upstream upstream) {
    return app.databaseSettings().map(DatabaseSettings::existing).isPresent()
        ? "Restore it under the same identifier; or, to go on without it, remove spec.database.rds,"
            + " apply, and add it again"
        : DatabaseBeginnings.choices(upstream);
  }

  @Override
  public boolean holdsData() {
    return true;
  }

  @Override
  public DeletionPolicy deletionPolicy(App app) {
    return app.databaseSettings()
        .map(DatabaseSettings::deletionPolicy)
        .orElse(app.deletionPolicy());
  }

  @Override
  public Disposal disposal(DeletionPolicy policy, App app, Database actual) {
    return switch (policy) {
      case DELETE -> new Disposal.Delete();
      case RETAIN -> new Disposal.Retain(policy.name(), "deletionPolicy is Retain");
      case SNAPSHOT -> new Disposal.SnapshotThenDelete(finalSnapshot(app, actual));
    };
  }

  /** The same for the same instance, and another one for its successor of the same name. */
  private static String finalSnapshot(App app, Database actual) {
    return actual.name() + "-final-" + Names.hash(8, app.identity().uid(), actual.incarnation());
  }

  @Override
  public Upstream.GeneratedSecrets generatedSecrets(App app) {
    return new Upstream.GeneratedSecrets(
        Map.of(
            MASTER_SECRET,
            PASSWORD_LENGTH,
            UserSlot.A.suffix(),
            PASSWORD_LENGTH,
            UserSlot.B.suffix(),
            PASSWORD_LENGTH));
  }

  @Override
  public Optional<String> bindingSuffix() {
    return Optional.of(BINDING);
  }

  /** Where the app's users are made; {@code actual} has an endpoint. */
  public static UserTarget userTarget(App app, Database actual) {
    Database.Endpoint endpoint = Objects.requireNonNull(actual.endpoint());
    return new UserTarget(
        actual.engine(),
        endpoint.host(),
        endpoint.port(),
        DatabaseAdoption.databaseIn(app, actual),
        actual.username(),
        actual.incarnation(),
        DatabaseReadiness.of(actual) instanceof Readiness.Ready);
  }

  @Override
  public Optional<Binding> binding(App app, Database actual, Upstream upstream) {
    return upstream
        .databaseUser()
        .flatMap(
            user ->
                DatabaseBinding.of(
                    BINDING,
                    actual,
                    DatabaseAdoption.databaseIn(app, actual),
                    user,
                    ReaderHosts.of(app, upstream, BINDING)));
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "rds:DescribeDBInstances",
        "rds:DescribeDBSnapshots",
        "rds:CreateDBInstance",
        "rds:RestoreDBInstanceFromDBSnapshot",
        "rds:RestoreDBInstanceToPointInTime",
        "rds:ModifyDBInstance",
        "rds:RebootDBInstance",
        "rds:DeleteDBInstance",
        "rds:CreateDBSnapshot",
        "rds:AddTagsToResource",
        "rds:RemoveTagsFromResource",
        "iam:PassRole");
  }
}
