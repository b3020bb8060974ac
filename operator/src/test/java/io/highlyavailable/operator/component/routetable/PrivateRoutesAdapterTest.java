package io.highlyavailable.operator.component.routetable;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.peering.ClusterPeeringModule;
import io.highlyavailable.operator.component.subnet.SubnetModule;
import io.highlyavailable.operator.component.subnet.SubnetTier;
import io.highlyavailable.operator.component.vpc.VpcModule;
import io.highlyavailable.operator.component.zone.ZonesModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NatGateways;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PrivateRoutesAdapterTest extends AdapterContract<RouteTableDesired, RouteTable> {
  PrivateRoutesAdapterTest() {
    super(
        RouteTableModule.ofPrivateSubnet(1),
        List.of(
            new ZonesModule(),
            new VpcModule(),
            new SubnetModule(SubnetTier.PRIVATE, 1),
            new ClusterPeeringModule()));
  }

  @Override
  protected App sample() {
    return SampleApp.unique().managed(1, NatGateways.NONE, true).build();
  }

  @Override
  protected Map<String, Consumer<RouteTable>> drifts() {
    return Map.of(
        "route deleted",
        table -> unroute(table.resourceId()),
        "route led elsewhere",
        this::reroute,
        "subnets",
        table ->
            table
                .subnets()
                .values()
                .forEach(id -> clients.ec2().disassociateRouteTable(it -> it.associationId(id))),
        "subnets of another table",
        this::giveAway);
  }

  @Override
  protected String field(String key) {
    return key.startsWith("route") ? "route to 10.0.0.0/16" : "subnets";
  }

  private void unroute(String table) {
    clients.ec2().deleteRoute(it -> it.routeTableId(table).destinationCidrBlock("10.0.0.0/16"));
  }

  private void reroute(RouteTable table) {
    String gateway =
        admin().ec2().createInternetGateway(it -> {}).internetGateway().internetGatewayId();
    admin().ec2().attachInternetGateway(it -> it.internetGatewayId(gateway).vpcId(table.vpcId()));
    clients
        .ec2()
        .replaceRoute(
            it ->
                it.routeTableId(table.resourceId())
                    .destinationCidrBlock("10.0.0.0/16")
                    .gatewayId(gateway));
  }

  private void giveAway(RouteTable table) {
    String other =
        clients.ec2().createRouteTable(it -> it.vpcId(table.vpcId())).routeTable().routeTableId();
    table
        .subnets()
        .values()
        .forEach(
            id ->
                clients
                    .ec2()
                    .replaceRouteTableAssociation(it -> it.associationId(id).routeTableId(other)));
  }

  @Test
  void routesOfOthersStay() {
    RouteTable table = create();
    String connection = table.routes().get("10.0.0.0/16");
    clients
        .ec2()
        .createRoute(
            it ->
                it.routeTableId(table.resourceId())
                    .destinationCidrBlock("203.0.113.0/24")
                    .vpcPeeringConnectionId(connection));
    assertThat(component.differences(desired, observed().orElseThrow())).isEmpty();
  }
}
