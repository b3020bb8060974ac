package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the database's read replicas. */
public final class ReadReplicasModule
    implements Module<ReadReplicasDesired, ReadReplicas, AwsClients> {
  @Override
  public Component<ReadReplicasDesired, ReadReplicas> component() {
    return new ReadReplicasRules();
  }

  @Override
  public Adapter<ReadReplicasDesired, ReadReplicas> adapter(AwsClients clients) {
    return new ReadReplicasAdapter(clients);
  }
}
