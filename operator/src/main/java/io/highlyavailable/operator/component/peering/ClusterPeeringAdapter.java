package io.highlyavailable.operator.component.peering;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.Ec2Adapter;
import io.highlyavailable.operator.aws.Ec2Tags;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.model.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcPeeringConnectionsRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnection;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnectionVpcInfo;

/** Connections of VPCs, and the routes into them on the cluster's side. */
public final class ClusterPeeringAdapter
    implements Ec2Adapter<ClusterPeeringDesired, ClusterPeering> {
  /** States in which a connection is over; EC2 lists it for some more time. */
  private static final Set<String> OVER = Set.of("deleted", "failed", "expired", "rejected");

  /** EC2's largest page of route tables. */
  private static final int TABLES = 100;

  private final AwsClients clients;

  ClusterPeeringAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public AwsClients clients() {
    return clients;
  }

  @Override
  public List<ClusterPeering> everything() {
    var request = DescribeVpcPeeringConnectionsRequest.builder().maxResults(PAGE).build();
    List<VpcPeeringConnection> connections =
        ec2().describeVpcPeeringConnectionsPaginator(request).vpcPeeringConnections().stream()
            .filter(connection -> !OVER.contains(connection.status().codeAsString()))
            .filter(connection -> Ec2Tags.name(Ec2Tags.of(connection.tags())).isPresent())
            .toList();
    Map<String, List<RouteTable>> tables = connections.isEmpty() ? Map.of() : tables(connections);
    return connections.stream().map(connection -> row(connection, tables)).toList();
  }

  private Map<String, List<RouteTable>> tables(List<VpcPeeringConnection> connections) {
    Set<String> vpcs =
        connections.stream()
            .map(connection -> connection.accepterVpcInfo().vpcId())
            .collect(Collectors.toCollection(TreeSet::new));
    Filter filter = Filter.builder().name("vpc-id").values(vpcs).build();
    var request = DescribeRouteTablesRequest.builder().filters(filter).maxResults(TABLES).build();
    return ec2().describeRouteTablesPaginator(request).routeTables().stream()
        .collect(Collectors.groupingBy(RouteTable::vpcId));
  }

  private ClusterPeering row(
      VpcPeeringConnection connection, Map<String, List<RouteTable>> tables) {
    ClusterRoutes routes =
        new ClusterRoutes(
            tables.getOrDefault(connection.accepterVpcInfo().vpcId(), List.of()),
            connection.vpcPeeringConnectionId(),
            String.valueOf(connection.requesterVpcInfo().cidrBlock()));
    return row(connection, routes, Ec2Tags.of(connection.tags()));
  }

  private ClusterPeering row(
      VpcPeeringConnection connection, ClusterRoutes routes, Map<String, String> tags) {
    String id = connection.vpcPeeringConnectionId();
    VpcPeeringConnectionVpcInfo ours = connection.requesterVpcInfo();
    VpcPeeringConnectionVpcInfo theirs = connection.accepterVpcInfo();
    return new ClusterPeering(
        Ec2Adapter.name(tags),
        clients.arn("ec2", ours.ownerId(), "vpc-peering-connection/" + id),
        id,
        connection.status().codeAsString(),
        ours.vpcId(),
        theirs.vpcId(),
        addresses(theirs),
        routes.unrouted(),
        routes.taken(),
        tags);
  }

  private static List<String> addresses(VpcPeeringConnectionVpcInfo vpc) {
    Set<String> all = new TreeSet<>();
    vpc.cidrBlockSet().forEach(block -> all.add(block.cidrBlock()));
    if (vpc.cidrBlock() != null) {
      all.add(vpc.cidrBlock());
    }
    return List.copyOf(all);
  }

  /** EC2 would make it, and let it fail a moment later. */
  @Override
  public ClusterPeering create(ClusterPeeringDesired desired, Map<String, String> tags) {
    refuseOverlap(desired);
    var specification = Ec2Tags.specification(ResourceType.VPC_PEERING_CONNECTION, tags);
    var created =
        ec2()
            .createVpcPeeringConnection(
                it ->
                    it.vpcId(desired.vpcId())
                        .peerVpcId(desired.clusterVpcId())
                        .tagSpecifications(specification))
            .vpcPeeringConnection();
    var routes = new ClusterRoutes(List.of(), created.vpcPeeringConnectionId(), desired.cidr());
    return row(created, routes, Ec2Tags.of(specification.tags()));
  }

  private void refuseOverlap(ClusterPeeringDesired desired) {
    Cidr own = Cidr.parse(desired.cidr());
    ec2().describeVpcs(it -> it.vpcIds(desired.clusterVpcId())).vpcs().stream()
        .flatMap(vpc -> vpc.cidrBlockAssociationSet().stream())
        .map(block -> block.cidrBlock())
        .filter(cidr -> Cidr.parse(cidr).overlaps(own))
        .findFirst()
        .ifPresent(cidr -> refuse(desired, cidr));
  }

  private static void refuse(ClusterPeeringDesired desired, String cidr) {
    throw new CloudFailureException(
        new CloudFailure(
            CloudFailure.Kind.INVALID,
            "ec2:CreateVpcPeeringConnection",
            "OverlappingCidr",
            "spec.network.managed.cidr %s overlaps with %s of the cluster's VPC %s: no route could"
                    .formatted(desired.cidr(), cidr, desired.clusterVpcId())
                + " tell them apart, and pods cannot reach this network",
            "create another app with another cidr, or set peerWithCluster to false",
            false));
  }

  @Override
  public ClusterPeering update(
      ClusterPeering actual, ClusterPeeringDesired desired, List<Difference> changes) {
    if (actual.state().equals(ClusterPeering.PENDING)) {
      ec2().acceptVpcPeeringConnection(it -> it.vpcPeeringConnectionId(actual.resourceId()));
    }
    ClusterRoutes routes = routes(actual, desired.cidr());
    routes.tables().stream()
        .filter(table -> routes.unrouted().contains(table.routeTableId()))
        .forEach(table -> route(table, routes));
    return find(actual.name()).orElse(actual);
  }

  private void route(RouteTable table, ClusterRoutes routes) {
    if (routes.dead(table)) {
      ec2()
          .replaceRoute(
              it ->
                  it.routeTableId(table.routeTableId())
                      .destinationCidrBlock(routes.cidr())
                      .vpcPeeringConnectionId(routes.connection()));
    } else {
      ec2()
          .createRoute(
              it ->
                  it.routeTableId(table.routeTableId())
                      .destinationCidrBlock(routes.cidr())
                      .vpcPeeringConnectionId(routes.connection()));
    }
  }

  private ClusterRoutes routes(ClusterPeering peering, String cidr) {
    Filter filter = Filter.builder().name("vpc-id").values(peering.clusterVpcId()).build();
    var request = DescribeRouteTablesRequest.builder().filters(filter).maxResults(TABLES).build();
    return new ClusterRoutes(
        ec2().describeRouteTablesPaginator(request).routeTables().stream().toList(),
        peering.resourceId(),
        cidr);
  }

  @Override
  public Optional<ClusterPeering> delete(ClusterPeering actual, Disposal disposal) {
    try {
      var connection =
          ec2()
              .describeVpcPeeringConnections(it -> it.vpcPeeringConnectionIds(actual.resourceId()))
              .vpcPeeringConnections();
      connection.stream()
          .map(one -> routes(actual, one.requesterVpcInfo().cidrBlock()))
          .flatMap(routes -> routes.routed().stream().map(table -> Map.entry(table, routes)))
          .forEach(route -> unroute(route.getKey(), route.getValue()));
      ec2().deleteVpcPeeringConnection(it -> it.vpcPeeringConnectionId(actual.resourceId()));
    } catch (Ec2Exception e) {
      if (!e.awsErrorDetails().errorCode().endsWith("NotFound")) {
        throw e;
      }
    }
    return find(actual.name()).filter(row -> row.resourceId().equals(actual.resourceId()));
  }

  private void unroute(RouteTable table, ClusterRoutes routes) {
    Ec2Adapter.unlessGone(
        () ->
            ec2()
                .deleteRoute(
                    it ->
                        it.routeTableId(table.routeTableId()).destinationCidrBlock(routes.cidr())));
  }
}
