package io.highlyavailable.operator.component.routetable;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.internetgateway.InternetGateway;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The routes of all public subnets: to the internet gateway. */
final class PublicRoutesRules extends RouteTableRules {
  @Override
  public ComponentName name() {
    return ManagedNetwork.PUBLIC_ROUTES;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Stream.concat(
            Stream.of(ManagedNetwork.VPC, ManagedNetwork.INTERNET_GATEWAY),
            ManagedNetwork.everyZone().mapToObj(ManagedNetwork::publicSubnet))
        .collect(Collectors.toSet());
  }

  @Override
  public boolean wanted(NetworkChoice.Managed network) {
    return true;
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
    upstream
        .ready(InternetGateway.class)
        .ifPresentOrElse(
            gateway -> routes.put(ANYWHERE, gateway.resourceId()),
            () -> waitingFor.add(ManagedNetwork.INTERNET_GATEWAY.value()));
    IntStream.rangeClosed(1, network.zones())
        .mapToObj(ManagedNetwork::publicSubnet)
        .forEach(
            subnet ->
                upstream
                    .ready(subnet, ManagedSubnet.class)
                    .ifPresentOrElse(
                        row -> subnets.add(row.resourceId()),
                        () -> waitingFor.add(subnet.value())));
    return new Desired.Known<>(
        new RouteTableDesired(vpc.get().resourceId(), routes, subnets, waitingFor));
  }
}
