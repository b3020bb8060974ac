package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the table's replica. */
public final class TableReplicaModule
    implements Module<TableReplicaDesired, TableReplica, AwsClients> {
  @Override
  public Component<TableReplicaDesired, TableReplica> component() {
    return new TableReplicaRules();
  }

  @Override
  public Adapter<TableReplicaDesired, TableReplica> adapter(AwsClients clients) {
    return new TableReplicaAdapter(clients);
  }
}
