package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the temporary instances by which backups are verified. */
public final class RestoredInstanceModule
    implements Module<RestoredInstanceDesired, Database, AwsClients> {
  @Override
  public Component<RestoredInstanceDesired, Database> component() {
    return new RestoredInstanceRules();
  }

  /** RDS lists them with the others. */
  @Override
  public String inventory() {
    return DatabaseRules.NAME.value();
  }

  @Override
  public Adapter<RestoredInstanceDesired, Database> adapter(AwsClients clients) {
    return new RestoredInstanceAdapter(clients);
  }
}
