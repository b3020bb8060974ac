package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnectionStateReasonCode;

/**
 * Source: the EC2 API reference (2016-11-15) with its error codes, and the VPC user guides on NAT
 * gateways, peering and security groups of peers.
 */
class Ec2NetworkContractTest extends EmulatorTest {
  private final Ec2Client ec2 = client(Ec2Client.builder());
  private String vpc;
  private String subnet;
  private String internetGateway;
  private String address;

  @BeforeEach
  void makeNetwork() {
    vpc = ec2.createVpc(b -> b.cidrBlock("10.40.0.0/16")).vpc().vpcId();
    subnet =
        ec2.createSubnet(b -> b.vpcId(vpc).cidrBlock("10.40.0.0/20").availabilityZone("us-east-1a"))
            .subnet()
            .subnetId();
    internetGateway = ec2.createInternetGateway(b -> {}).internetGateway().internetGatewayId();
    ec2.attachInternetGateway(b -> b.vpcId(vpc).internetGatewayId(internetGateway));
    address = ec2.allocateAddress(b -> b.domain(DomainType.VPC)).allocationId();
  }

  private String createNat() {
    return ec2.createNatGateway(b -> b.subnetId(subnet).allocationId(address))
        .natGateway()
        .natGatewayId();
  }

  private NatGateway nat(String id) {
    return ec2.describeNatGateways(b -> b.natGatewayIds(id)).natGateways().getFirst();
  }

  @Test
  void aNatGatewayTakesTimeToComeAndToGoAndHoldsItsAddressMeanwhile() {
    emulator().transitions().natGateways(Duration.ofHours(1), Duration.ofHours(1));
    String id = createNat();
    assertThat(nat(id).state()).isEqualTo(NatGatewayState.PENDING);
    emulator().transitions().complete();
    assertThat(nat(id).state()).isEqualTo(NatGatewayState.AVAILABLE);
    ec2.deleteNatGateway(b -> b.natGatewayId(id));
    assertThat(nat(id).state()).isEqualTo(NatGatewayState.DELETING);
    refused("InvalidIPAddress.InUse", () -> ec2.releaseAddress(b -> b.allocationId(address)));
    refused("DependencyViolation", () -> ec2.deleteSubnet(b -> b.subnetId(subnet)));
    refused(
        "DependencyViolation",
        () -> ec2.detachInternetGateway(b -> b.vpcId(vpc).internetGatewayId(internetGateway)));
    emulator().transitions().complete();
    assertThat(nat(id).state()).isEqualTo(NatGatewayState.DELETED);
    refused("NatGatewayNotFound", () -> ec2.deleteNatGateway(b -> b.natGatewayId(id)));
    ec2.releaseAddress(b -> b.allocationId(address));
    ec2.detachInternetGateway(b -> b.vpcId(vpc).internetGatewayId(internetGateway));
    ec2.deleteSubnet(b -> b.subnetId(subnet));
  }

  @Test
  void aNatGatewayWithoutAWayToTheInternetFails() {
    ec2.detachInternetGateway(b -> b.vpcId(vpc).internetGatewayId(internetGateway));
    String id = createNat();
    assertThat(nat(id).state()).isEqualTo(NatGatewayState.FAILED);
    assertThat(nat(id).failureCode()).isEqualTo("Gateway.NotAttached");
    ec2.releaseAddress(b -> b.allocationId(address));
  }

  @Test
  void aVpcIsDeletedWhenNothingIsLeftInIt() {
    refused("DependencyViolation", () -> ec2.deleteVpc(b -> b.vpcId(vpc)));
    ec2.deleteSubnet(b -> b.subnetId(subnet));
    refused("DependencyViolation", () -> ec2.deleteVpc(b -> b.vpcId(vpc)));
    refused(
        "DependencyViolation",
        () -> ec2.deleteInternetGateway(b -> b.internetGatewayId(internetGateway)));
    ec2.detachInternetGateway(b -> b.vpcId(vpc).internetGatewayId(internetGateway));
    ec2.deleteInternetGateway(b -> b.internetGatewayId(internetGateway));
    String group =
        ec2.createSecurityGroup(b -> b.groupName("g").description("d").vpcId(vpc)).groupId();
    refused("DependencyViolation", () -> ec2.deleteVpc(b -> b.vpcId(vpc)));
    ec2.deleteSecurityGroup(b -> b.groupId(group));
    ec2.deleteVpc(b -> b.vpcId(vpc));
    refused("InvalidVpcID.NotFound", () -> ec2.describeVpcs(b -> b.vpcIds(vpc)));
  }

  @Test
  void twoSubnetsDoNotShareAddresses() {
    refused(
        "InvalidSubnet.Conflict",
        () ->
            ec2.createSubnet(
                b -> b.vpcId(vpc).cidrBlock("10.40.0.0/20").availabilityZone("us-east-1b")));
  }

  @Test
  void aRouteIsUniqueAndDeadWhenItsTargetIsGone() {
    String table = ec2.createRouteTable(b -> b.vpcId(vpc)).routeTable().routeTableId();
    String nat = createNat();
    nat(nat);
    ec2.createRoute(b -> b.routeTableId(table).destinationCidrBlock("0.0.0.0/0").natGatewayId(nat));
    refused(
        "RouteAlreadyExists",
        () ->
            ec2.createRoute(
                b ->
                    b.routeTableId(table)
                        .destinationCidrBlock("0.0.0.0/0")
                        .gatewayId(internetGateway)));
    assertThat(state(table)).isEqualTo(RouteState.ACTIVE);
    ec2.deleteNatGateway(b -> b.natGatewayId(nat));
    assertThat(state(table)).isEqualTo(RouteState.BLACKHOLE);
  }

  private RouteState state(String table) {
    return ec2
        .describeRouteTables(b -> b.routeTableIds(table))
        .routeTables()
        .getFirst()
        .routes()
        .stream()
        .filter(route -> "0.0.0.0/0".equals(route.destinationCidrBlock()))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private String peer(String other) {
    return ec2.createVpcPeeringConnection(b -> b.vpcId(vpc).peerVpcId(other))
        .vpcPeeringConnection()
        .vpcPeeringConnectionId();
  }

  @Test
  void twoNetworksAreConnectedOnceAndNotWhenTheyOverlap() {
    String same = ec2.createVpc(b -> b.cidrBlock("10.40.0.0/16")).vpc().vpcId();
    String failed = peer(same);
    assertThat(
            ec2.describeVpcPeeringConnections(b -> b.vpcPeeringConnectionIds(failed))
                .vpcPeeringConnections()
                .getFirst()
                .status()
                .code())
        .isEqualTo(VpcPeeringConnectionStateReasonCode.FAILED);
    String other = ec2.createVpc(b -> b.cidrBlock("10.50.0.0/16")).vpc().vpcId();
    peer(other);
    refused("VpcPeeringConnectionAlreadyExists", () -> peer(other));
  }

  @Test
  void aGroupOfAnotherNetworkIsAdmittedOnlyOverAConnection() {
    String other = ec2.createVpc(b -> b.cidrBlock("10.50.0.0/16")).vpc().vpcId();
    String clients = group(other);
    String data = group(vpc);
    refused("InvalidGroup.NotFound", () -> admit(data, clients));
    String peering = peer(other);
    ec2.acceptVpcPeeringConnection(b -> b.vpcPeeringConnectionId(peering));
    admit(data, clients);
  }

  private String group(String network) {
    return ec2.createSecurityGroup(b -> b.groupName("g").description("d").vpcId(network)).groupId();
  }

  private void admit(String group, String source) {
    ec2.authorizeSecurityGroupIngress(
        b ->
            b.groupId(group)
                .ipPermissions(
                    rule ->
                        rule.ipProtocol("tcp")
                            .fromPort(5432)
                            .toPort(5432)
                            .userIdGroupPairs(pair -> pair.groupId(source))));
  }

  @Test
  void aListingMayOmitWhatWasJustMade() {
    try (var hidden = emulator().faults().on("ec2", "AllocateAddress").hide(Duration.ofHours(1))) {
      String fresh = ec2.allocateAddress(b -> b.domain(DomainType.VPC)).allocationId();
      assertThat(ec2.describeAddresses().addresses())
          .extracting(it -> it.allocationId())
          .contains(address)
          .doesNotContain(fresh);
      assertThat(ec2.describeAddresses(b -> b.allocationIds(fresh)).addresses()).hasSize(1);
    }
  }
}
