package io.highlyavailable.operator.e2e;

import io.highlyavailable.operator.model.OwnershipTags;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.State;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnectionStateReasonCode;

/** The pieces of one app's network, as an administrator sees them. */
final class NetworkInAws {
  private final Ec2Client ec2;
  private final String namespace;

  NetworkInAws(Rig rig, AppRig app) {
    this.ec2 = rig.aws().ec2();
    this.namespace = app.namespace();
  }

  /** Ids of what bears the app's tags and is not gone, by component. */
  SortedMap<String, List<String>> pieces() {
    SortedMap<String, List<String>> pieces = new TreeMap<>();
    ec2.describeVpcs().vpcs().forEach(it -> add(pieces, it.tags(), it.vpcId()));
    ec2.describeInternetGateways()
        .internetGateways()
        .forEach(it -> add(pieces, it.tags(), it.internetGatewayId()));
    ec2.describeSubnets().subnets().forEach(it -> add(pieces, it.tags(), it.subnetId()));
    ec2.describeAddresses().addresses().forEach(it -> add(pieces, it.tags(), it.allocationId()));
    natGateways().forEach(it -> add(pieces, it.tags(), it.natGatewayId()));
    ec2.describeRouteTables()
        .routeTables()
        .forEach(it -> add(pieces, it.tags(), it.routeTableId()));
    ec2.describeVpcEndpoints().vpcEndpoints().stream()
        .filter(it -> it.state() != State.DELETED)
        .filter(it -> !it.stateAsString().equals("deleted"))
        .forEach(it -> add(pieces, it.tags(), it.vpcEndpointId()));
    ec2.describeVpcPeeringConnections().vpcPeeringConnections().stream()
        .filter(it -> it.status().code() != VpcPeeringConnectionStateReasonCode.DELETED)
        .forEach(it -> add(pieces, it.tags(), it.vpcPeeringConnectionId()));
    ec2.describeFlowLogs().flowLogs().forEach(it -> add(pieces, it.tags(), it.flowLogId()));
    return pieces;
  }

  private List<NatGateway> natGateways() {
    return ec2.describeNatGateways().natGateways().stream()
        .filter(it -> it.state() != NatGatewayState.DELETED)
        .toList();
  }

  private void add(SortedMap<String, List<String>> pieces, List<Tag> tags, String id) {
    boolean ours = tags.stream().anyMatch(tag -> is(tag, OwnershipTags.NAMESPACE, namespace));
    tags.stream()
        .filter(tag -> ours && tag.key().equals(OwnershipTags.COMPONENT))
        .forEach(tag -> pieces.computeIfAbsent(tag.value(), it -> new ArrayList<>()).add(id));
  }

  private static boolean is(Tag tag, String key, String value) {
    return tag.key().equals(key) && tag.value().equals(value);
  }

  /** The id of the only piece of a component. */
  String id(String component) {
    List<String> ids = pieces().getOrDefault(component, List.of());
    if (ids.size() != 1) {
      throw new AssertionError(component + " is there " + ids.size() + " times: " + ids);
    }
    return ids.getFirst();
  }

  /** A route table of the app's. */
  RouteTable routes(String component) {
    return ec2.describeRouteTables(it -> it.routeTableIds(id(component))).routeTables().getFirst();
  }

  /** Where a table sends traffic; empty where it has no such route. */
  static String target(RouteTable table, String cidr) {
    return table.routes().stream()
        .filter(route -> cidr.equals(route.destinationCidrBlock()))
        .map(
            route ->
                route.natGatewayId() != null
                    ? route.natGatewayId()
                    : route.vpcPeeringConnectionId() != null
                        ? route.vpcPeeringConnectionId()
                        : route.gatewayId())
        .findFirst()
        .orElse("");
  }

  /** The only route table of a VPC that has no other. */
  RouteTable mainTable(String vpcId) {
    return ec2.describeRouteTables(it -> it.filters(by -> by.name("vpc-id").values(vpcId)))
        .routeTables()
        .getFirst();
  }
}
