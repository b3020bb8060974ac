package io.highlyavailable.operator.component.network;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the network. */
public final class NetworkModule implements Module<NetworkDesired, Network, AwsClients> {
  @Override
  public Component<NetworkDesired, Network> component() {
    return new NetworkRules();
  }

  @Override
  public Adapter<NetworkDesired, Network> adapter(AwsClients clients) {
    return new NetworkAdapter(clients);
  }
}
