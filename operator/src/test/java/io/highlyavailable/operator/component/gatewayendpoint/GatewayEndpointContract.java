package io.highlyavailable.operator.component.gatewayendpoint;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.routetable.RouteTableModule;
import io.highlyavailable.operator.component.subnet.SubnetModule;
import io.highlyavailable.operator.component.subnet.SubnetTier;
import io.highlyavailable.operator.component.vpc.VpcModule;
import io.highlyavailable.operator.component.zone.ZonesModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NatGateways;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

abstract class GatewayEndpointContract
    extends AdapterContract<GatewayEndpointDesired, GatewayEndpoint> {
  GatewayEndpointContract(EndpointService service) {
    super(
        new GatewayEndpointModule(service),
        List.of(
            new ZonesModule(),
            new VpcModule(),
            new SubnetModule(SubnetTier.PRIVATE, 1),
            RouteTableModule.ofPrivateSubnet(1)));
  }

  @Override
  protected App sample() {
    return SampleApp.unique().managed(1, NatGateways.NONE, false).build();
  }

  @Override
  protected Map<String, Consumer<GatewayEndpoint>> drifts() {
    return Map.of(
        "routeTables",
        endpoint ->
            clients
                .ec2()
                .modifyVpcEndpoint(
                    it ->
                        it.vpcEndpointId(endpoint.resourceId())
                            .removeRouteTableIds(endpoint.routeTableIds())));
  }
}
