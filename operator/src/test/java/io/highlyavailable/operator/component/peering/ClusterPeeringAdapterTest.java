package io.highlyavailable.operator.component.peering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.highlyavailable.operator.aws.CloudErrors;
import io.highlyavailable.operator.component.AdapterContract;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.vpc.VpcModule;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NatGateways;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClusterPeeringAdapterTest extends AdapterContract<ClusterPeeringDesired, ClusterPeering> {
  ClusterPeeringAdapterTest() {
    super(new ClusterPeeringModule(), List.of(new VpcModule()));
  }

  @Override
  protected App sample() {
    return SampleApp.unique().managed(1, NatGateways.NONE, true).build();
  }

  @Override
  protected Map<String, Consumer<ClusterPeering>> drifts() {
    return Map.of(
        "routes",
        peering ->
            peering.clusterCidrs().forEach(cidr -> unroute(clusterTable(peering.clusterVpcId()))));
  }

  @Override
  protected String field(String key) {
    return "routes to " + desired.cidr();
  }

  private String clusterTable(String vpcId) {
    return admin()
        .ec2()
        .describeRouteTables(it -> it.filters(by -> by.name("vpc-id").values(vpcId)))
        .routeTables()
        .getFirst()
        .routeTableId();
  }

  private void unroute(String table) {
    admin().ec2().deleteRoute(it -> it.routeTableId(table).destinationCidrBlock(desired.cidr()));
  }

  @Test
  void overlappingAddressesAreRefusedBeforeAnythingIsMade() {
    var overlapping =
        new ClusterPeeringDesired(desired.vpcId(), "10.0.128.0/20", desired.clusterVpcId());
    Throwable refused = catchThrowable(() -> adapter.create(overlapping, tags()));
    CloudFailure failure = CloudErrors.classify(refused);
    assertThat(failure.message()).contains("10.0.128.0/20 overlaps with 10.0.0.0/16");
    assertThat(failure.nextStep()).contains("peerWithCluster");
    assertThat(observed()).isEmpty();
  }

  @Test
  void theClustersRoutesGoWithItAndOthersStay() {
    ClusterPeering peering = create();
    String table = clusterTable(desired.clusterVpcId());
    admin()
        .ec2()
        .createRoute(
            it ->
                it.routeTableId(table)
                    .destinationCidrBlock("198.51.100.0/24")
                    .vpcPeeringConnectionId(peering.resourceId()));
    adapter.delete(peering, new Disposal.Delete());
    assertThat(
            admin()
                .ec2()
                .describeRouteTables(it -> it.routeTableIds(table))
                .routeTables()
                .getFirst()
                .routes())
        .extracting(route -> route.destinationCidrBlock())
        .contains("198.51.100.0/24")
        .doesNotContain(desired.cidr());
    admin().ec2().deleteRoute(it -> it.routeTableId(table).destinationCidrBlock("198.51.100.0/24"));
  }

  @Test
  void aRouteOfSomebodyElseIsLeftAndSaid() {
    ClusterPeering peering = create();
    String table = clusterTable(desired.clusterVpcId());
    unroute(table);
    String gateway =
        admin().ec2().createInternetGateway(it -> {}).internetGateway().internetGatewayId();
    admin()
        .ec2()
        .attachInternetGateway(it -> it.internetGatewayId(gateway).vpcId(desired.clusterVpcId()));
    admin()
        .ec2()
        .createRoute(
            it -> it.routeTableId(table).destinationCidrBlock(desired.cidr()).gatewayId(gateway));
    ClusterPeering seen = observed().orElseThrow();
    assertThat(seen.taken()).containsExactly(table);
    assertThat(component.differences(desired, seen)).isEmpty();
    assertThat(component.readiness(desired, seen)).isInstanceOf(Readiness.Failed.class);
    adapter.delete(peering, new Disposal.Delete());
    assertThat(
            admin()
                .ec2()
                .describeRouteTables(it -> it.routeTableIds(table))
                .routeTables()
                .getFirst()
                .routes())
        .extracting(route -> route.gatewayId())
        .contains(gateway);
    unroute(table);
    admin()
        .ec2()
        .detachInternetGateway(it -> it.internetGatewayId(gateway).vpcId(desired.clusterVpcId()));
  }

  @Test
  void aRouteIntoAConnectionThatIsGoneIsReplaced() {
    ClusterPeering peering = create();
    admin().ec2().deleteVpcPeeringConnection(it -> it.vpcPeeringConnectionId(peering.resourceId()));
    assertThat(observed()).isEmpty();
    create();
    ClusterPeering again = observed().orElseThrow();
    assertThat(again.resourceId()).isNotEqualTo(peering.resourceId());
    assertThat(again.unrouted()).isEmpty();
    assertThat(again.taken()).isEmpty();
  }
}
