package io.highlyavailable.operator.component.table;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the table. */
public final class TableModule implements Module<TableDesired, Table, AwsClients> {
  @Override
  public Component<TableDesired, Table> component() {
    return new TableRules();
  }

  @Override
  public Adapter<TableDesired, Table> adapter(AwsClients clients) {
    return new TableAdapter(clients);
  }
}
