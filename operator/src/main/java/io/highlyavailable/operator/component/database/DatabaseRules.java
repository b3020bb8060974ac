package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Adoption;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.EngineVersion;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.UserSlot;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.component.engineversion.DefaultVersion;
import io.highlyavailable.operator.component.parametergroup.ParameterGroups;
import io.highlyavailable.operator.component.role.MonitoringRole;
import io.highlyavailable.operator.component.securitygroup.SecurityGroup;
import io.highlyavailable.operator.component.subnetgroup.SubnetGroup;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.MaintenanceWindow;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.RestoreFrom;
import io.highlyavailable.operator.model.Sensitive;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

  private static final ComponentName SUBNET_GROUP = new ComponentName("database-subnet-group");
  private static final ComponentName SNAPSHOTS = new ComponentName("database-snapshots");
  private static final ComponentName PARAMETER_GROUP =
      new ComponentName("database-parameter-group");
  private static final ComponentName DEFAULT_VERSION =
      new ComponentName("database-default-version");
  private static final ComponentName MONITORING = new ComponentName("database-monitoring-role");
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
    Optional<SubnetGroup> subnets = upstream.ready(SUBNET_GROUP, SubnetGroup.class);
    boolean adopted = app.databaseSettings().map(DatabaseSettings::existing).isPresent();
    if (subnets.isEmpty() && !adopted) {
      return new Desired.Waiting<>("waiting for its subnet group");
    }
    Optional<SecurityGroup> security = upstream.ready(SECURITY_GROUP, SecurityGroup.class);
    if (security.isEmpty()) {
      return new Desired.Waiting<>("waiting for its security group");
    }
    Optional<Sensitive> password = upstream.secret(MASTER_SECRET);
    if (password.isEmpty()) {
      return new Desired.Waiting<>("waiting for its master password to be written down");
    }
    DatabaseSettings wanted = app.databaseSettings().orElseThrow();
    if (adopted) {
      // Its subnets and its parameters are not the app's to choose.
      return new Desired.Known<>(
          known(
              app,
              new Parts(
                  "",
                  security.get(),
                  new TreeMap<>(),
                  wanted.version(),
                  monitoring(wanted, upstream)),
              "",
              password.get()));
    }
    Optional<SortedMap<String, String>> groups =
        upstream.ready(PARAMETER_GROUP, ParameterGroups.class).map(ParameterGroups::byFamily);
    Optional<String> version =
        Optional.ofNullable(wanted.version())
            .or(() -> upstream.ready(DefaultVersion.class).map(DefaultVersion::state));
    boolean there = upstream.observed(NAME) instanceof Observation.Present<?>;
    if (!there && (groups.isEmpty() || version.isEmpty())) {
      return new Desired.Waiting<>("waiting for its parameter group");
    }
    return new Desired.Known<>(
        known(
            app,
            new Parts(
                subnets.orElseThrow().name(),
                security.get(),
                groups.orElse(new TreeMap<>()),
                atLeast(wanted, upstream),
                monitoring(wanted, upstream)),
            version.orElse(""),
            password.get()));
  }

  /** What it is made of; without groups what is there keeps the one that it has. */
  private record Parts(
      String subnetGroup,
      SecurityGroup security,
      SortedMap<String, String> groups,
      @Nullable String version,
      Database.@Nullable Monitoring monitoring) {}

  /** Without its role it stays as it is: a database does not wait for its metrics. */
  static Database.@Nullable Monitoring monitoring(DatabaseSettings wanted, Upstream upstream) {
    int seconds = wanted.monitoringIntervalSeconds();
    return seconds == 0
        ? Database.Monitoring.NONE
        : upstream
            .ready(MonitoringRole.class)
            .map(role -> new Database.Monitoring(seconds, role.id()))
            .orElse(null);
  }

  /** Its upgrade waits for those of its replicas, unless RDS makes them together. */
  private static @Nullable String atLeast(DatabaseSettings wanted, Upstream upstream) {
    String version = wanted.version();
    boolean later =
        version != null
            && upstream.observed(ReadReplicasRules.NAME)
                instanceof Observation.Present<?>(ReadReplicas replicas)
            && !replicas.members().isEmpty()
            && EngineVersion.olderThan(replicas.version(), version)
            && !ReadReplicasRules.withSource(wanted.engine(), replicas.version(), version);
    return later ? null : version;
  }

  private static DatabaseDesired known(
      App app, Parts parts, String newVersion, Sensitive password) {
    DatabaseSettings wanted = app.databaseSettings().orElseThrow();
    String chosen = wanted.backupWindow();
    MaintenanceWindow maintenance = app.changes().window();
    return new DatabaseDesired(
        app.databaseId(),
        wanted.engine(),
        parts.version(),
        newVersion,
        wanted.existing() != null,
        new Database.Settings(
            wanted.instanceClass(),
            wanted.storageGiB(),
            wanted.maxStorageGiB(),
            "gp3",
            wanted.multiAz(),
            false,
            wanted.backupRetentionDays(),
            chosen == null ? maintenance.halfHourBefore(app.resourceName()) : chosen,
            maintenance.text(),
            true,
            app.deletionProtection(),
            true,
            parts.subnetGroup(),
            new TreeSet<>(Set.of(parts.security().groupId())),
            parts.monitoring()),
        parts.groups(),
        chosen != null,
        databaseName(app.identity().name()),
        USERNAME,
        password,
        wanted.restoreFrom(),
        fingerprint(app, password));
  }

  /**
   * {@code app_} and the app's name with everything but letters and digits as an underscore: valid
   * in every engine, and never a word that one of them reserves.
   */
  static String databaseName(String appName) {
    String name = "app_" + appName.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    return name.length() > LONGEST_DATABASE_NAME ? name.substring(0, LONGEST_DATABASE_NAME) : name;
  }

  private static String fingerprint(App app, Sensitive password) {
    return Names.hash(13, "master password", app.resourceName(), password.value());
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
