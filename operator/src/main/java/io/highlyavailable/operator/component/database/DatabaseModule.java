package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the database. */
public final class DatabaseModule implements Module<DatabaseDesired, Database, AwsClients> {
  @Override
  public Component<DatabaseDesired, Database> component() {
    return new DatabaseRules();
  }

  @Override
  public Adapter<DatabaseDesired, Database> adapter(AwsClients clients) {
    return new DatabaseAdapter(clients);
  }
}
