package io.highlyavailable.operator.component.peering;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the connection with the cluster's VPC. */
public final class ClusterPeeringModule
    implements Module<ClusterPeeringDesired, ClusterPeering, AwsClients> {
  @Override
  public Component<ClusterPeeringDesired, ClusterPeering> component() {
    return new ClusterPeeringRules();
  }

  @Override
  public Adapter<ClusterPeeringDesired, ClusterPeering> adapter(AwsClients clients) {
    return new ClusterPeeringAdapter(clients);
  }
}
