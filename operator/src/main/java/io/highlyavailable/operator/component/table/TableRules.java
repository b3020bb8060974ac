package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.operator.model.TableSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A protected table, billed by request, that can be restored to any second. */
public final class TableRules implements Component<TableDesired, Table> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("table");

  /** The same as that of a database on RDS: an app has one of the two at most. */
  private static final String BINDING = "database";

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "dynamodb";
  }

  @Override
  public String condition() {
    return "DatabaseReady";
  }

  @Override
  public Class<Table> resourceType() {
    return Table.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of();
  }

  @Override
  public boolean wanted(App app) {
    return app.tableSettings().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  @Override
  public Desired<TableDesired> desired(App app, Upstream upstream) {
    TableSettings wanted = app.tableSettings().orElseThrow();
    return new Desired.Known<>(
        new TableDesired(
            app.resourceName(),
            new Table.Keys(
                wanted.partitionKey().toString(),
                wanted.sortKey().map(TableSettings.Key::toString).orElse("")),
            new Table.Settings(
                true,
                app.deletionProtection(),
                wanted.pointInTimeRecovery(),
                wanted.timeToLiveAttribute())));
  }

  @Override
  public List<Difference> differences(TableDesired desired, Table actual) {
    return TableDifferences.between(desired, actual);
  }

  @Override
  public Readiness readiness(TableDesired desired, Table actual) {
    return TableReadiness.of(actual);
  }

  @Override
  public boolean holdsData() {
    return true;
  }

  @Override
  public DeletionPolicy deletionPolicy(App app) {
    return app.tableSettings().map(TableSettings::deletionPolicy).orElse(app.deletionPolicy());
  }

  @Override
  public Disposal disposal(DeletionPolicy policy, App app, Table actual) {
    return switch (policy) {
      case DELETE -> new Disposal.Delete();
      case RETAIN -> new Disposal.Retain(policy.name(), "deletionPolicy is Retain");
      case SNAPSHOT -> new Disposal.SnapshotThenDelete(finalBackup(app, actual));
    };
  }

  /**
   * The same for one removal of one table, however often it is tried. DynamoDB takes two backups of
   * one name, and one of a removal that was called off may miss what was written since; calling off
   * and removing again changes the app's generation, and with it the name.
   */
  private static String finalBackup(App app, Table actual) {
    String generation = String.valueOf(app.generation());
    return actual.name()
        + "-final-"
        + Names.hash(8, app.identity().uid(), actual.incarnation(), generation);
  }

  @Override
  public Optional<String> bindingSuffix() {
    return Optional.of(BINDING);
  }

  /** Pods authenticate by their role: the binding holds no secret. */
  @Override
  public Optional<Binding> binding(App app, Table actual, Upstream upstream) {
    if (actual.state().equals(Table.CREATING)) {
      return Optional.empty();
    }
    return Optional.of(
        new Binding(
            BINDING,
            "dynamodb",
            Map.of(
                "table", new Sensitive(actual.name()),
                "region", new Sensitive(app.region()))));
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "dynamodb:ListTables",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTimeToLive",
        "dynamodb:ListTagsOfResource",
        "dynamodb:CreateTable",
        "dynamodb:UpdateTable",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTimeToLive",
        "dynamodb:TagResource",
        "dynamodb:UntagResource",
        "dynamodb:ListBackups",
        "dynamodb:CreateBackup",
        "dynamodb:DeleteTable");
  }
}
