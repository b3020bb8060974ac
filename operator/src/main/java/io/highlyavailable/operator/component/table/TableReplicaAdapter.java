package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Replicas at DynamoDB, seen from the region that they are in. They are asked for, and removed,
 * where another table of the global table is: UpdateTable does not take its own region. Streams are
 * turned on by DynamoDB itself.
 */
public final class TableReplicaAdapter implements Adapter<TableReplicaDesired, TableReplica> {
  private final AwsClients clients;
  private final TableReader reader;

  TableReplicaAdapter(AwsClients clients) {
    this.clients = clients;
    this.reader = new TableReader(clients.dynamoDb(), InstantSource.system());
  }

  @Override
  public String service() {
    return "dynamodb";
  }

  /** Tables of all kinds: only a description says which are replicas. */
  @Override
  public Listing<TableReplica> list() {
    return Listing.ofNames(reader.names());
  }

  /** Only tables that are part of a global table. */
  @Override
  public Optional<TableReplica> find(String name) {
    return reader.replica(name);
  }

  @Override
  public TableReplica create(TableReplicaDesired desired, Map<String, String> tags) {
    clients
        .dynamoDbIn()
        .apply(desired.home())
        .updateTable(
            request ->
                request
                    .tableName(desired.name())
                    .replicaUpdates(
                        one -> one.create(replica -> replica.regionName(clients.region()))));
    return new TableReplica(
        desired.name(),
        desired.tableArn().replace(":" + desired.home() + ":", ":" + clients.region() + ":"),
        Table.CREATING,
        Set.of(desired.home()),
        false,
        false);
  }

  /** Recovery goes first: for the other change the table leaves {@code ACTIVE} for a while. */
  @Override
  public TableReplica update(
      TableReplica actual, TableReplicaDesired desired, List<Difference> changes) {
    Set<String> fields = changes.stream().map(Difference::field).collect(Collectors.toSet());
    TableReplica changed = actual;
    if (fields.contains(TableDifferences.RECOVERY)) {
      changed = recovery(changed, desired.pointInTimeRecovery());
    }
    return fields.contains(TableDifferences.PROTECTION)
        ? protection(changed, desired.deletionProtection())
        : changed;
  }

  private TableReplica recovery(TableReplica actual, boolean on) {
    clients
        .dynamoDb()
        .updateContinuousBackups(
            request ->
                request
                    .tableName(actual.name())
                    .pointInTimeRecoverySpecification(to -> to.pointInTimeRecoveryEnabled(on)));
    return actual.withPointInTimeRecovery(on);
  }

  private TableReplica protection(TableReplica actual, boolean on) {
    var changed =
        clients
            .dynamoDb()
            .updateTable(request -> request.tableName(actual.name()).deletionProtectionEnabled(on))
            .tableDescription();
    return actual.withDeletionProtection(on, changed.tableStatusAsString());
  }

  @Override
  public TableReplica tag(TableReplica actual, Map<String, String> tags) {
    return actual;
  }

  @Override
  public TableReplica untag(TableReplica actual, List<String> keys) {
    return actual;
  }

  /**
   * One step an attempt: its protection, then the replica. What is no replica any more is a table
   * of its own, which is nobody's to delete here.
   */
  @Override
  public Optional<TableReplica> delete(TableReplica actual, Disposal disposal) {
    Optional<TableReplica> found = find(actual.name());
    if (found.isEmpty() || found.get().deleting()) {
      return found;
    }
    try {
      return Optional.of(nextStep(found.get()));
    } catch (ResourceNotFoundException e) {
      return find(actual.name());
    }
  }

  private TableReplica nextStep(TableReplica actual) {
    // AWS's own protection goes only here, where deletion has been consented to.
    if (actual.deletionProtection()) {
      return protection(actual, false);
    }
    clients
        .dynamoDbIn()
        .apply(actual.anotherRegion())
        .updateTable(
            request ->
                request
                    .tableName(actual.name())
                    .replicaUpdates(
                        one -> one.delete(replica -> replica.regionName(clients.region()))));
    return actual.inState(Table.DELETING);
  }
}
