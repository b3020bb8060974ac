package io.highlyavailable.operator.component.peering;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/**
 * The route tables of a cluster's VPC, seen by one connection. Touched are only routes that lead
 * into it, and those that lead into a connection that is gone: these carry nothing.
 *
 * @param tables the route tables
 * @param connection the connection's id
 * @param cidr the addresses on its other side
 */
record ClusterRoutes(List<RouteTable> tables, String connection, String cidr) {
  /** Tables that lack the route and may be given it. */
  SortedSet<String> unrouted() {
    return tables.stream()
        .filter(table -> route(table).map(this::replaceable).orElse(true))
        .map(RouteTable::routeTableId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Tables that send the addresses elsewhere. */
  SortedSet<String> taken() {
    return tables.stream()
        .filter(table -> route(table).filter(it -> !ours(it) && !replaceable(it)).isPresent())
        .map(RouteTable::routeTableId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Tables with a route into the connection. */
  List<RouteTable> routed() {
    return tables.stream().filter(table -> route(table).filter(this::ours).isPresent()).toList();
  }

  /** Whether a table has a route that must be replaced. */
  boolean dead(RouteTable table) {
    return route(table).filter(this::replaceable).isPresent();
  }

  private Optional<Route> route(RouteTable table) {
    return table.routes().stream()
        .filter(route -> cidr.equals(route.destinationCidrBlock()))
        .findFirst();
  }

  private boolean ours(Route route) {
    return connection.equals(route.vpcPeeringConnectionId());
  }

  private boolean replaceable(Route route) {
    return !ours(route)
        && route.vpcPeeringConnectionId() != null
        && route.state() == RouteState.BLACKHOLE;
  }
}
