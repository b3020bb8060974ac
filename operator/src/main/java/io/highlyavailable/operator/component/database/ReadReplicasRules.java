package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.EngineVersion;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.parametergroup.ParameterGroups;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.Sensitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Read replicas beside the database, as like it as RDS recommends: same class, same storage. They
 * hold no data of their own, so they come and go with their number. They leave before their source,
 * because RDS makes independent instances of those that are left ("Considerations when deleting
 * replicas").
 */
public final class ReadReplicasRules implements Component<ReadReplicasDesired, ReadReplicas> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("database-replicas");

  private static final ComponentName PARAMETER_GROUP =
      new ComponentName("database-parameter-group");

  private static final ComponentName MONITORING = new ComponentName("database-monitoring-role");

  /** What of an instance is a replica's own; the rest is its source's. */
  private static final Set<String> OWN =
      Set.of(
          DatabaseDifferences.INSTANCE_CLASS,
          DatabaseDifferences.STORAGE,
          DatabaseDifferences.MAX_STORAGE,
          DatabaseDifferences.PUBLIC,
          DatabaseDifferences.MAINTENANCE,
          DatabaseDifferences.PROTECTION,
          DatabaseDifferences.MINOR_UPGRADE,
          DatabaseDifferences.SECURITY_GROUPS,
          DatabaseDifferences.MONITORING,
          DatabaseDifferences.VERSION,
          DatabaseDifferences.PARAMETER_GROUP,
          DatabaseDifferences.PARAMETERS);

  static final String PRESENT = "present";
  static final String ABSENT = "absent";

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "rds-replicas";
  }

  @Override
  public String condition() {
    return "DatabaseReady";
  }

  @Override
  public Class<ReadReplicas> resourceType() {
    return ReadReplicas.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(DatabaseRules.NAME, PARAMETER_GROUP, MONITORING);
  }

  @Override
  public boolean wanted(App app) {
    return app.databaseSettings().filter(database -> database.readReplicas() > 0).isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  @Override
  public Desired<ReadReplicasDesired> desired(App app, Upstream upstream) {
    Optional<Database> source = upstream.ready(Database.class);
    if (source.isEmpty()) {
      return new Desired.Waiting<>("waiting for the database");
    }
    DatabaseSettings wanted = app.databaseSettings().orElseThrow();
    SortedMap<String, String> groups =
        upstream
            .ready(PARAMETER_GROUP, ParameterGroups.class)
            .map(ParameterGroups::byFamily)
            .orElse(new TreeMap<>());
    return new Desired.Known<>(
        new ReadReplicasDesired(
            app.resourceName(),
            wanted.readReplicas(),
            each(
                app,
                wanted,
                source.get(),
                groups,
                DatabaseBlueprint.monitoring(wanted, upstream))));
  }

  private static DatabaseDesired each(
      App app,
      DatabaseSettings wanted,
      Database source,
      SortedMap<String, String> groups,
      Database.@Nullable Monitoring monitoring) {
    Database.Settings theirs = source.settings();
    return new DatabaseDesired(
        app.resourceName(),
        source.engine(),
        version(wanted, source),
        source.version(),
        false,
        new Database.Settings(
            wanted.instanceClass(),
            theirs.storageGiB(),
            wanted.maxStorageGiB(),
            theirs.storageType(),
            false,
            false,
            0,
            theirs.backupWindow(),
            app.changes().window().text(),
            true,
            app.deletionProtection(),
            true,
            theirs.subnetGroup(),
            theirs.securityGroupIds(),
            monitoring),
        groups,
        false,
        source.databaseName(),
        source.username(),
        new Sensitive(""),
        null,
        "");
  }

  /**
   * RDS upgrades the replicas of PostgreSQL to another major version itself, together with their
   * source; otherwise they have to be upgraded before it.
   */
  private static @Nullable String version(DatabaseSettings wanted, Database source) {
    String version = wanted.version();
    return version == null || withSource(source.engine(), source.version(), version)
        ? null
        : version;
  }

  /** Whether RDS upgrades replicas together with their source. */
  static boolean withSource(String engine, String from, String to) {
    return engine.equals("postgres") && EngineVersion.majorDiffers(engine, from, to);
  }

  @Override
  public List<Difference> differences(ReadReplicasDesired desired, ReadReplicas actual) {
    List<Difference> found = new ArrayList<>();
    List<String> wanted = actual.names(desired.count());
    for (String name : wanted) {
      ReadReplica member = actual.members().get(name);
      if (member == null) {
        found.add(new Difference(name, PRESENT, ABSENT, Impact.IN_PLACE));
      } else if (!member.instance().deleting()) {
        found.addAll(between(desired, member.instance()));
      }
    }
    actual
        .members()
        .forEach(
            (name, member) -> {
              if (!wanted.contains(name) && !member.instance().deleting()) {
                found.add(new Difference(name, ABSENT, PRESENT, Impact.IN_PLACE));
              }
            });
    return found;
  }

  private static List<Difference> between(ReadReplicasDesired desired, Database member) {
    return DatabaseDifferences.between(desired.each(), member).stream()
        .filter(change -> OWN.contains(change.field()))
        .map(
            change ->
                new Difference(
                    member.name() + " " + change.field(),
                    change.desired(),
                    change.actual(),
                    change.impact()))
        .toList();
  }

  @Override
  public Readiness readiness(ReadReplicasDesired desired, ReadReplicas actual) {
    int serving = 0;
    for (String name : actual.names(desired.count())) {
      ReadReplica member = actual.members().get(name);
      if (member != null && readiness(name, member) instanceof Readiness.Failed failed) {
        return failed;
      }
      if (member != null && DatabaseReadiness.of(member.instance()) instanceof Readiness.Ready) {
        serving++;
      }
    }
    return serving == desired.count()
        ? new Readiness.Ready()
        : new Readiness.Progressing("%d of %d replicas serve".formatted(serving, desired.count()));
  }

  private static Readiness readiness(String name, ReadReplica member) {
    if (member.broken()) {
      String error = member.error().isEmpty() ? "" : ": " + member.error();
      return new Readiness.Failed(
          "replication of %s is in state %s%s".formatted(name, member.replication(), error),
          "mend what RDS names, or delete " + name + " to have it made anew");
    }
    return DatabaseReadiness.of(member.instance()) instanceof Readiness.Failed failed
        ? new Readiness.Failed(name + ": " + failed.reason(), failed.nextStep())
        : new Readiness.Ready();
  }

  @Override
  public String remark(ReadReplicas actual) {
    return actual.promoted().isEmpty()
        ? ""
        : String.join(", ", actual.promoted())
            + " was promoted, is no replica any more and is left alone";
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "rds:DescribeDBInstances",
        "rds:CreateDBInstanceReadReplica",
        "rds:ModifyDBInstance",
        "rds:RebootDBInstance",
        "rds:DeleteDBInstance",
        "rds:AddTagsToResource",
        "rds:RemoveTagsFromResource",
        "iam:PassRole");
  }
}
