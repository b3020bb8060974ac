package io.highlyavailable.operator.component.routetable;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.Ec2Adapter;
import io.highlyavailable.operator.aws.Ec2Tags;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** Route tables, whose routes and subnets are set by calls of their own. */
public final class RouteTableAdapter implements Ec2Adapter<RouteTableDesired, RouteTable> {
  /** EC2's largest page of route tables. */
  private static final int TABLES = 100;

  private final AwsClients clients;

  RouteTableAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public AwsClients clients() {
    return clients;
  }

  @Override
  public List<RouteTable> everything() {
    return described(DescribeRouteTablesRequest.builder().maxResults(TABLES).build())
        .map(table -> row(table, Ec2Tags.of(table.tags())))
        .toList();
  }

  private Stream<software.amazon.awssdk.services.ec2.model.RouteTable> described(
      DescribeRouteTablesRequest request) {
    return ec2().describeRouteTablesPaginator(request).routeTables().stream();
  }

  private RouteTable row(
      software.amazon.awssdk.services.ec2.model.RouteTable table, Map<String, String> tags) {
    List<Route> routes =
        table.routes().stream()
            .filter(route -> route.destinationCidrBlock() != null)
            .filter(route -> route.origin() == RouteOrigin.CREATE_ROUTE)
            .toList();
    return new RouteTable(
        Ec2Adapter.name(tags),
        clients.arn("ec2", table.ownerId(), "route-table/" + table.routeTableId()),
        table.routeTableId(),
        table.vpcId(),
        targets(routes),
        routes.stream()
            .filter(route -> route.state() == RouteState.BLACKHOLE)
            .map(Route::destinationCidrBlock)
            .collect(Collectors.toCollection(TreeSet::new)),
        subnets(table.associations()),
        tags);
  }

  private static SortedMap<String, String> targets(List<Route> routes) {
    SortedMap<String, String> targets = new TreeMap<>();
    routes.forEach(route -> targets.put(route.destinationCidrBlock(), target(route)));
    return targets;
  }

  private static String target(Route route) {
    return Stream.of(
            route.natGatewayId(),
            route.vpcPeeringConnectionId(),
            route.transitGatewayId(),
            route.networkInterfaceId(),
            route.instanceId(),
            route.gatewayId())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("something else");
  }

  private static SortedMap<String, String> subnets(List<RouteTableAssociation> associations) {
    SortedMap<String, String> subnets = new TreeMap<>();
    associations.stream()
        .filter(association -> association.subnetId() != null)
        .forEach(
            association ->
                subnets.put(association.subnetId(), association.routeTableAssociationId()));
    return subnets;
  }

  /** One call; routes and subnets are differences that are set afterwards. */
  @Override
  public RouteTable create(RouteTableDesired desired, Map<String, String> tags) {
    var specification = Ec2Tags.specification(ResourceType.ROUTE_TABLE, tags);
    var created =
        ec2()
            .createRouteTable(it -> it.vpcId(desired.vpcId()).tagSpecifications(specification))
            .routeTable();
    return row(created, Ec2Tags.of(specification.tags()));
  }

  @Override
  public RouteTable update(RouteTable actual, RouteTableDesired desired, List<Difference> changes) {
    RouteTableDifferences wrong = RouteTableDifferences.of(desired, actual);
    wrong.dead().forEach(to -> unroute(actual, to));
    wrong.routes().forEach((to, target) -> route(actual, to, target));
    wrong.subnets().forEach(subnet -> associate(actual, subnet));
    return find(actual.name()).orElse(actual);
  }

  private void unroute(RouteTable table, String to) {
    Ec2Adapter.unlessGone(
        () ->
            ec2().deleteRoute(it -> it.routeTableId(table.resourceId()).destinationCidrBlock(to)));
  }

  private void route(RouteTable table, String to, String target) {
    boolean gateway = target.startsWith("igw-");
    boolean nat = target.startsWith("nat-");
    boolean peering = target.startsWith("pcx-");
    if (table.routes().containsKey(to)) {
      ec2()
          .replaceRoute(
              it ->
                  it.routeTableId(table.resourceId())
                      .destinationCidrBlock(to)
                      .gatewayId(gateway ? target : null)
                      .natGatewayId(nat ? target : null)
                      .vpcPeeringConnectionId(peering ? target : null));
    } else {
      ec2()
          .createRoute(
              it ->
                  it.routeTableId(table.resourceId())
                      .destinationCidrBlock(to)
                      .gatewayId(gateway ? target : null)
                      .natGatewayId(nat ? target : null)
                      .vpcPeeringConnectionId(peering ? target : null));
    }
  }

  /** A subnet uses one table: where somebody gave it another, that is exchanged. */
  private void associate(RouteTable table, String subnetId) {
    Filter filter = Filter.builder().name("association.subnet-id").values(subnetId).build();
    Optional<String> other =
        described(DescribeRouteTablesRequest.builder().filters(filter).build())
            .flatMap(it -> it.associations().stream())
            .filter(association -> subnetId.equals(association.subnetId()))
            .map(RouteTableAssociation::routeTableAssociationId)
            .findFirst();
    if (other.isPresent()) {
      ec2()
          .replaceRouteTableAssociation(
              it -> it.associationId(other.get()).routeTableId(table.resourceId()));
    } else {
      ec2().associateRouteTable(it -> it.routeTableId(table.resourceId()).subnetId(subnetId));
    }
  }

  @Override
  public Optional<RouteTable> delete(RouteTable actual, Disposal disposal) {
    actual
        .subnets()
        .values()
        .forEach(
            association ->
                Ec2Adapter.unlessGone(
                    () -> ec2().disassociateRouteTable(it -> it.associationId(association))));
    Ec2Adapter.unlessGone(() -> ec2().deleteRouteTable(it -> it.routeTableId(actual.resourceId())));
    return Optional.empty();
  }
}
