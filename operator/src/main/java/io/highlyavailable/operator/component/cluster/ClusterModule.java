package io.highlyavailable.operator.component.cluster;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.network.Network;

/** Registers the cluster. */
public final class ClusterModule implements Module<ClusterDesired, Cluster, AwsClients> {
  private final Module<?, Network, AwsClients> networks;

  /**
   * @param networks finds subnets
   */
  public ClusterModule(Module<?, Network, AwsClients> networks) {
    this.networks = networks;
  }

  @Override
  public Component<ClusterDesired, Cluster> component() {
    return new ClusterRules();
  }

  @Override
  public Adapter<ClusterDesired, Cluster> adapter(AwsClients clients) {
    return new ClusterAdapter(clients, networks.adapter(clients));
  }
}
