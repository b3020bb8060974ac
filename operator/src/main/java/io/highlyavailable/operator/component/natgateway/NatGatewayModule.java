package io.highlyavailable.operator.component.natgateway;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the NAT gateway of one zone. */
public final class NatGatewayModule implements Module<NatGatewayDesired, NatGateway, AwsClients> {
  private final int zone;

  /**
   * @param zone from 1
   */
  public NatGatewayModule(int zone) {
    this.zone = zone;
  }

  @Override
  public Component<NatGatewayDesired, NatGateway> component() {
    return new NatGatewayRules(zone);
  }

  @Override
  public String inventory() {
    return "nat-gateways";
  }

  @Override
  public Adapter<NatGatewayDesired, NatGateway> adapter(AwsClients clients) {
    return new NatGatewayAdapter(clients);
  }
}
