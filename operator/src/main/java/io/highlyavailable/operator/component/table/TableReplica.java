package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table of a DynamoDB global table, version 2019.11.21, seen from the region that it is in.
 *
 * @param name its name, which all tables of the global table share
 * @param id its ARN
 * @param state DynamoDB's word for its status
 * @param regions where the others are
 * @param deletionProtection whether DynamoDB refuses to delete it; each table's own
 * @param pointInTimeRecovery whether it can be restored to any second of the last 35 days; each
 *     table's own
 */
public record TableReplica(
    String name,
    String id,
    String state,
    Set<String> regions,
    boolean deletionProtection,
    boolean pointInTimeRecovery)
    implements CloudResource {
  private static final Set<String> IN_TRANSITION =
      Set.of(Table.CREATING, Table.UPDATING, Table.DELETING);

  public TableReplica {
    regions = Set.copyOf(regions);
  }

  static TableReplica of(Table table, boolean pointInTimeRecovery) {
    return new TableReplica(
        table.name(),
        table.id(),
        table.state(),
        table.replicas().keySet(),
        table.settings().deletionProtection(),
        pointInTimeRecovery);
  }

  /** It has none of ours: the table's say whose it is. */
  @Override
  public Map<String, String> tags() {
    return Map.of();
  }

  @Override
  public boolean inTransition() {
    return IN_TRANSITION.contains(state);
  }

  @Override
  public boolean deleting() {
    return Table.DELETING.equals(state);
  }

  /** A region that can be asked to remove it: any that the global table has beside its own. */
  String anotherRegion() {
    return new TreeSet<>(regions).first();
  }

  TableReplica withDeletionProtection(boolean changed, String state) {
    return new TableReplica(name, id, state, regions, changed, pointInTimeRecovery);
  }

  TableReplica withPointInTimeRecovery(boolean changed) {
    return new TableReplica(name, id, state, regions, deletionProtection, changed);
  }

  TableReplica inState(String changed) {
    return new TableReplica(name, id, changed, regions, deletionProtection, pointInTimeRecovery);
  }
}
