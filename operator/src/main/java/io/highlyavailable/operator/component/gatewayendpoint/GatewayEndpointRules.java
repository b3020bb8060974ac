package io.highlyavailable.operator.component.gatewayendpoint;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.NetworkPiece;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.routetable.RouteTable;
import io.highlyavailable.operator.component.vpc.Vpc;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Traffic of private subnets to a service stays within AWS and off the NAT gateways' bill. */
final class GatewayEndpointRules implements NetworkPiece<GatewayEndpointDesired, GatewayEndpoint> {
  private final EndpointService service;

  GatewayEndpointRules(EndpointService service) {
    this.service = service;
  }

  @Override
  public ComponentName name() {
    return service.component();
  }

  @Override
  public String kind() {
    return "vpc-endpoint";
  }

  @Override
  public Class<GatewayEndpoint> resourceType() {
    return GatewayEndpoint.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Stream.concat(
            Stream.of(ManagedNetwork.VPC),
            ManagedNetwork.everyZone().mapToObj(ManagedNetwork::privateRoutes))
        .collect(Collectors.toSet());
  }

  @Override
  public boolean wanted(NetworkChoice.Managed network) {
    return true;
  }

  @Override
  public boolean needsIntent() {
    return true;
  }

  @Override
  public Desired<GatewayEndpointDesired> desired(
      NetworkChoice.Managed network, App app, Upstream upstream) {
    Optional<Vpc> vpc = upstream.ready(Vpc.class);
    if (vpc.isEmpty()) {
      return new Desired.Waiting<>("waiting for the VPC");
    }
    SortedSet<String> tables =
        IntStream.rangeClosed(1, network.zones())
            .mapToObj(ManagedNetwork::privateRoutes)
            .flatMap(name -> upstream.ready(name, RouteTable.class).stream())
            .map(RouteTable::resourceId)
            .collect(Collectors.toCollection(TreeSet::new));
    return tables.size() < network.zones()
        ? new Desired.Waiting<>("waiting for the private route tables")
        : new Desired.Known<>(
            new GatewayEndpointDesired(vpc.get().resourceId(), service.in(app.region()), tables));
  }

  @Override
  public List<Difference> differences(GatewayEndpointDesired desired, GatewayEndpoint actual) {
    return desired.routeTableIds().equals(actual.routeTableIds())
        ? List.of()
        : List.of(
            new Difference(
                "routeTables",
                desired.routeTableIds().toString(),
                actual.routeTableIds().toString(),
                Impact.IN_PLACE));
  }

  @Override
  public Readiness readiness(GatewayEndpointDesired desired, GatewayEndpoint actual) {
    return actual.inTransition()
        ? new Readiness.Progressing("its state is " + actual.state())
        : new Readiness.Ready();
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeVpcEndpoints",
        "ec2:CreateVpcEndpoint",
        "ec2:ModifyVpcEndpoint",
        "ec2:DeleteVpcEndpoints",
        "ec2:CreateTags",
        "ec2:DeleteTags");
  }
}
