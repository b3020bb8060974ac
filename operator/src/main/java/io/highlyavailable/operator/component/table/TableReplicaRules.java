package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.TableSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table's replica in the recovery region, as protected and as restorable as the table. */
public final class TableReplicaRules implements Component<TableReplicaDesired, TableReplica> {
  /** The component's name. */
  public static final ComponentName NAME = new ComponentName("table-replica");

  @Override
  public ComponentName name() {
    return NAME;
  }

  @Override
  public String kind() {
    return "dynamodb-replica";
  }

  @Override
  public String condition() {
    return "BackupsReady";
  }

  @Override
  public Class<TableReplica> resourceType() {
    return TableReplica.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(TableRules.NAME);
  }

  @Override
  public boolean wanted(App app) {
    return app.tableCopies().isPresent();
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(app.resourceName());
  }

  @Override
  public Desired<TableReplicaDesired> desired(App app, Upstream upstream) {
    Optional<Table> table = upstream.ready(Table.class);
    if (table.isEmpty()) {
      return new Desired.Waiting<>("waiting for the table");
    }
    return new Desired.Known<>(
        new TableReplicaDesired(
            app.resourceName(),
            table.get().id(),
            app.region(),
            seen(table.get(), upstream),
            app.deletionProtection(),
            app.tableSettings().orElseThrow().pointInTimeRecovery()));
  }

  private static String seen(Table table, Upstream upstream) {
    return table.replicas().getOrDefault(upstream.settings().recoveryRegion(), "");
  }

  /**
   * DynamoDB makes a replica of an active table only, and shows one that could not be made in the
   * table's region alone.
   */
  @Override
  public Optional<Desired<TableReplicaDesired>> uncreatable(App app, Upstream upstream) {
    return upstream.ready(Table.class).flatMap(table -> obstacle(table, seen(table, upstream)));
  }

  private static Optional<Desired<TableReplicaDesired>> obstacle(Table table, String seen) {
    if (!seen.isEmpty()) {
      return Optional.of(
          switch (TableReadiness.of(seen)) {
            case Readiness.Failed(String reason, String nextStep) ->
                new Desired.Impossible<>(reason, nextStep);
            case Readiness.Progressing(String reason) -> new Desired.Waiting<>(reason);
            case Readiness.Ready() -> new Desired.Waiting<>("waiting to see the replica");
          });
    }
    return table.inTransition()
        ? Optional.of(new Desired.Waiting<>("waiting for the table, which is " + table.state()))
        : Optional.empty();
  }

  @Override
  public List<Difference> differences(TableReplicaDesired desired, TableReplica actual) {
    List<Difference> found = new ArrayList<>();
    if (actual.regions().contains(desired.home())) {
      compare(
          found,
          TableDifferences.PROTECTION,
          desired.deletionProtection(),
          actual.deletionProtection());
      compare(
          found,
          TableDifferences.RECOVERY,
          desired.pointInTimeRecovery(),
          actual.pointInTimeRecovery());
    }
    return found;
  }

  private static void compare(
      List<Difference> found, String field, boolean wanted, boolean actual) {
    if (wanted != actual) {
      found.add(new Difference(field, "" + wanted, "" + actual, Impact.IN_PLACE));
    }
  }

  @Override
  public Readiness readiness(TableReplicaDesired desired, TableReplica actual) {
    if (!actual.regions().contains(desired.home())) {
      return new Readiness.Failed(
          "table " + actual.id() + " is no replica of the app's table",
          "delete it, or set disasterRecovery.tableReplica to false");
    }
    Readiness own = TableReadiness.of(actual.state());
    boolean told = own instanceof Readiness.Failed || desired.seenFromHome().isEmpty();
    return told || !(TableReadiness.of(desired.seenFromHome()) instanceof Readiness.Failed failed)
        ? own
        : failed;
  }

  @Override
  public boolean inRecoveryRegion() {
    return true;
  }

  @Override
  public Optional<ComponentName> partOf() {
    return Optional.of(TableRules.NAME);
  }

  @Override
  public DeletionPolicy deletionPolicy(App app) {
    return app.tableSettings().map(TableSettings::deletionPolicy).orElse(app.deletionPolicy());
  }

  /**
   * It holds the table's data once more, so it leaves by the table's policy and protection. The
   * final backup is made of the table alone.
   */
  @Override
  public Disposal disposal(DeletionPolicy policy, App app, TableReplica actual) {
    if (app.deletionProtection()) {
      return new Disposal.Retain(policy.name(), "deletionProtection is true");
    }
    if (policy == DeletionPolicy.RETAIN || !actual.regions().contains(app.region())) {
      return new Disposal.Retain(policy.name(), "deletionPolicy is Retain");
    }
    return new Disposal.Delete();
  }

  /**
   * DynamoDB copies what the table holds in the name of whoever asks for the replica, which takes
   * reading and writing items: "DynamoDB global tables security" in its developer guide.
   */
  @Override
  public Set<String> iamActions() {
    return Set.of(
        "dynamodb:ListTables",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable",
        "dynamodb:CreateTable",
        "dynamodb:CreateTableReplica",
        "dynamodb:DeleteTable",
        "dynamodb:DeleteTableReplica",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem");
  }
}
