package io.highlyavailable.operator.component.parametergroup;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.EngineVersion;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.RunningEngine;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.engineversion.DefaultVersion;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A DB parameter group for each family that the database is of or is about to be of: that of its
 * version and, while it is older than what is asked for, that of the version asked for. The one of
 * the version before leaves when the database does not use it any more.
 */
public final class ParameterGroupsRules
    implements Component<ParameterGroupsDesired, ParameterGroups> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("database-parameter-group");

  private static final ComponentName DATABASE = new ComponentName("database");
  private static final ComponentName REPLICAS = new ComponentName("database-replicas");
  private static final ComponentName DEFAULT_VERSION =
      new ComponentName("database-default-version");

  private static final String ABSENT = "absent";

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "db-parameter-group";
  }

  @Override
  public String condition() {
    return "DatabaseReady";
  }

  @Override
  public Class<ParameterGroups> resourceType() {
    return ParameterGroups.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(DEFAULT_VERSION);
  }

  @Override
  public boolean wanted(App app) {
    // What was made by somebody else keeps the group that it has.
    return app.databaseSettings().filter(database -> database.existing() == null).isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  @Override
  public Desired<ParameterGroupsDesired> desired(App app, Upstream upstream) {
    DatabaseSettings wanted = app.databaseSettings().orElseThrow();
    return switch (upstream.observed(DATABASE)) {
      case Observation.Unknown<?>(String reason) -> new Desired.Waiting<>(reason);
      case Observation.Present<?>(RunningEngine database) ->
          new Desired.Known<>(running(app, wanted, database, upstream.observed(REPLICAS)));
      case Observation.Present<?> other ->
          throw new IllegalStateException("not a database: " + other);
      case Observation.Absent<?> absent -> planned(app, wanted, upstream);
    };
  }

  private static ParameterGroupsDesired running(
      App app, DatabaseSettings wanted, RunningEngine database, Observation<?> replicas) {
    List<String> families = new ArrayList<>();
    families.add(EngineVersion.family(database.engine(), database.version()));
    String version = wanted.version();
    boolean sameEngine = wanted.engine().equals(database.engine());
    if (sameEngine && version != null && EngineVersion.olderThan(database.version(), version)) {
      families.add(EngineVersion.family(wanted.engine(), version));
    }
    Set<String> inUse = new TreeSet<>(database.parameterGroups());
    if (replicas instanceof Observation.Present<?>(RunningEngine copies)
        && copies.engine().equals(database.engine())) {
      families.add(EngineVersion.family(copies.engine(), copies.version()));
      inUse.addAll(copies.parameterGroups());
    }
    return known(app, database.engine(), families, inUse);
  }

  private static Desired<ParameterGroupsDesired> planned(
      App app, DatabaseSettings wanted, Upstream upstream) {
    Optional<String> version =
        Optional.ofNullable(wanted.version())
            .or(() -> upstream.ready(DefaultVersion.class).map(DefaultVersion::state));
    if (version.isEmpty()) {
      return new Desired.Waiting<>("waiting to learn RDS's default version");
    }
    String family = EngineVersion.family(wanted.engine(), version.get());
    return new Desired.Known<>(known(app, wanted.engine(), List.of(family), Set.of()));
  }

  private static ParameterGroupsDesired known(
      App app, String engine, List<String> families, Set<String> inUse) {
    SortedMap<String, String> names = new TreeMap<>();
    families.forEach(family -> names.put(groupName(app.resourceName(), family), family));
    return new ParameterGroupsDesired(app.resourceName(), names, ForcedTls.of(engine), inUse);
  }

  /** Letters, digits and single hyphens are all that a group's name may have. */
  static String groupName(String resource, String family) {
    return resource + "-" + family.replace('.', '-');
  }

  /** Parameters that others set in a group of ours are theirs. */
  @Override
  public List<Difference> differences(ParameterGroupsDesired desired, ParameterGroups actual) {
    List<Difference> found = new ArrayList<>();
    ForcedTls tls = desired.tls();
    String wanted = tls.text(tls.value());
    for (String name : desired.families().keySet()) {
      ParameterGroups.Existing group = actual.groups().get(name);
      if (group == null) {
        found.add(new Difference(name, wanted, ABSENT, Impact.IN_PLACE));
      } else if (!tls.isIn(group.tls())) {
        found.add(new Difference(name, wanted, tls.text(group.tls()), Impact.IN_PLACE));
      }
    }
    actual.groups().keySet().stream()
        .filter(name -> !desired.families().containsKey(name) && !desired.inUse().contains(name))
        .forEach(name -> found.add(new Difference(name, ABSENT, wanted, Impact.IN_PLACE)));
    return found;
  }

  @Override
  public Readiness readiness(ParameterGroupsDesired desired, ParameterGroups actual) {
    return actual.groups().keySet().containsAll(desired.families().keySet())
        ? new Readiness.Ready()
        : new Readiness.Progressing("a group of another family is being made");
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "rds:DescribeDBParameterGroups",
        "rds:DescribeDBParameters",
        "rds:ListTagsForResource",
        "rds:CreateDBParameterGroup",
        "rds:ModifyDBParameterGroup",
        "rds:DeleteDBParameterGroup",
        "rds:AddTagsToResource",
        "rds:RemoveTagsFromResource");
  }
}
