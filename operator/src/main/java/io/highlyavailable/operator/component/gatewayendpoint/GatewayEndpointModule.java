package io.highlyavailable.operator.component.gatewayendpoint;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the endpoint of a service. */
public final class GatewayEndpointModule
    implements Module<GatewayEndpointDesired, GatewayEndpoint, AwsClients> {
  private final EndpointService service;

  /**
   * @param service what it leads to
   */
  public GatewayEndpointModule(EndpointService service) {
    this.service = service;
  }

  @Override
  public Component<GatewayEndpointDesired, GatewayEndpoint> component() {
    return new GatewayEndpointRules(service);
  }

  @Override
  public String inventory() {
    return "gateway-endpoints";
  }

  @Override
  public Adapter<GatewayEndpointDesired, GatewayEndpoint> adapter(AwsClients clients) {
    return new GatewayEndpointAdapter(clients);
  }
}
