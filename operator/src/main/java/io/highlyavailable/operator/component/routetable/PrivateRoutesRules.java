package io.highlyavailable.operator.component.routetable;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.natgateway.NatGateway;
import io.highlyavailable.operator.component.peering.ClusterPeering;
import io.highlyavailable.operator.component.subnet.ManagedSubnet;
import io.highlyavailable.operator.component.vpc.Vpc;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The routes of one zone's private subnet: out through a NAT gateway, and to the cluster. */
final class PrivateRoutesRules extends RouteTableRules {
  private final int zone;

  PrivateRoutesRules(int zone) {
    this.zone = zone;
  }

  @Override
  public ComponentName name() {
    return ManagedNetwork.privateRoutes(zone);
  }

  /** A zone's own NAT gateway and the first, which may serve all. */
  @Override
  public Set<ComponentName> dependsOn() {
    return new TreeSet<>(
        java.util.List.of(
            ManagedNetwork.VPC,
            ManagedNetwork.privateSubnet(zone),
            ManagedNetwork.natGateway(zone),
            ManagedNetwork.natGateway(1),
            ManagedNetwork.CLUSTER_PEERING));
  }

  @Override
  public boolean wanted(NetworkChoice.Managed network) {
    return zone <= network.zones();
  }

  @Override
  public Desired<RouteTableDesired> desired(
      NetworkChoice.Managed network, App app, Upstream upstream) {
    Optional<Vpc> vpc = upstream.ready(Vpc.class);
    if (vpc.isEmpty()) {
      return new Desired.Waiting<>("waiting for the VPC");
    }
    SortedMap<String, String> routes = new TreeMap<>();
    SortedSet<String> subnets = new TreeSet<>();
    SortedSet<String> waitingFor = new TreeSet<>();
    out(network, upstream, routes, waitingFor);
    toCluster(network, upstream, routes, waitingFor);
    ComponentName subnet = ManagedNetwork.privateSubnet(zone);
    upstream
        .ready(subnet, ManagedSubnet.class)
        .ifPresentOrElse(
            row -> subnets.add(row.resourceId()), () -> waitingFor.add(subnet.value()));
    return new Desired.Known<>(
        new RouteTableDesired(vpc.get().resourceId(), routes, subnets, waitingFor));
  }

  private void out(
      NetworkChoice.Managed network,
      Upstream upstream,
      SortedMap<String, String> routes,
      SortedSet<String> waitingFor) {
    int gateway = network.natGatewayOf(zone);
    if (gateway == 0) {
      return;
    }
    ComponentName name = ManagedNetwork.natGateway(gateway);
    upstream
        .ready(name, NatGateway.class)
        .ifPresentOrElse(
            row -> routes.put(ANYWHERE, row.resourceId()), () -> waitingFor.add(name.value()));
  }

  private static void toCluster(
      NetworkChoice.Managed network,
      Upstream upstream,
      SortedMap<String, String> routes,
      SortedSet<String> waitingFor) {
    if (!network.peerWithCluster()) {
      return;
    }
    upstream
        .ready(ClusterPeering.class)
        .ifPresentOrElse(
            row -> row.clusterCidrs().forEach(cidr -> routes.put(cidr, row.resourceId())),
            () -> waitingFor.add(ManagedNetwork.CLUSTER_PEERING.value()));
  }
}
