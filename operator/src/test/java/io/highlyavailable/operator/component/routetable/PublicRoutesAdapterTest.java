package io.highlyavailable.operator.component.routetable;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.internetgateway.InternetGatewayModule;
import io.highlyavailable.operator.component.subnet.SubnetModule;
import io.highlyavailable.operator.component.subnet.SubnetTier;
import io.highlyavailable.operator.component.vpc.VpcModule;
import io.highlyavailable.operator.component.zone.ZonesModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NatGateways;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class PublicRoutesAdapterTest extends AdapterContract<RouteTableDesired, RouteTable> {
  PublicRoutesAdapterTest() {
    super(
        RouteTableModule.ofPublicSubnets(),
        List.of(
            new ZonesModule(),
            new VpcModule(),
            new InternetGatewayModule(),
            new SubnetModule(SubnetTier.PUBLIC, 1)));
  }

  @Override
  protected App sample() {
    return SampleApp.unique().managed(1, NatGateways.NONE, false).build();
  }

  @Override
  protected Map<String, Consumer<RouteTable>> drifts() {
    return Map.of(
        "route to 0.0.0.0/0",
        table ->
            clients
                .ec2()
                .deleteRoute(
                    it -> it.routeTableId(table.resourceId()).destinationCidrBlock("0.0.0.0/0")));
  }
}
