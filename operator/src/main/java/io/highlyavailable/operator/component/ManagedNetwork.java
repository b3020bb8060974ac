package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The network that is made for one app: what its pieces are called. */
public final class ManagedNetwork {
  public static final ComponentName ZONES = new ComponentName("availability-zones");
  public static final ComponentName VPC = new ComponentName("vpc");
  public static final ComponentName INTERNET_GATEWAY = new ComponentName("internet-gateway");
  public static final ComponentName CLUSTER_PEERING = new ComponentName("cluster-peering");
  public static final ComponentName PUBLIC_ROUTES = new ComponentName("public-route-table");

  public static final ComponentName FLOW_LOG_GROUP = new ComponentName("flow-log-group");
  public static final ComponentName FLOW_LOG_ROLE = new ComponentName("flow-log-role");
  public static final ComponentName FLOW_LOG = new ComponentName("flow-log");

  /** The condition that all of it counts towards. */
  public static final String CONDITION = "NetworkReady";

  /** What the names of all log groups of flow logs begin with. */
  public static final String FLOW_LOG_GROUPS = "/highlyavailableapp/" + Names.PREFIX;

  private ManagedNetwork() {}

  /** The network that the spec asks to be made, if it does. */
  public static Optional<NetworkChoice.Managed> of(App app) {
    return app.network() instanceof NetworkChoice.Managed managed
        ? Optional.of(managed)
        : Optional.empty();
  }

  /** For how many days records of its traffic are kept; empty where there are none. */
  public static OptionalInt flowLogRetentionDays(App app) {
    return of(app).stream()
        .flatMap(network -> Stream.ofNullable(network.flowLogRetentionDays()))
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  /** The log group that they are kept in. */
  public static String flowLogGroup(App app) {
    return FLOW_LOG_GROUPS + app.resourceName().substring(Names.PREFIX.length()) + "/flow-logs";
  }

  /** A zone's subnet that the internet is routed to. */
  public static ComponentName publicSubnet(int zone) {
    return new ComponentName("public-subnet-" + zone);
  }

  /** A zone's subnet that data and instances live in. */
  public static ComponentName privateSubnet(int zone) {
    return new ComponentName("private-subnet-" + zone);
  }

  /** The public address of a zone's NAT gateway. */
  public static ComponentName natAddress(int zone) {
    return new ComponentName("nat-address-" + zone);
  }

  /** A zone's NAT gateway. */
  public static ComponentName natGateway(int zone) {
    return new ComponentName("nat-gateway-" + zone);
  }

  /** The routes of a zone's private subnet. */
  public static ComponentName privateRoutes(int zone) {
    return new ComponentName("private-route-table-" + zone);
  }

  /** Every zone that a network may have, from 1. */
  public static IntStream everyZone() {
    return IntStream.rangeClosed(1, NetworkChoice.Managed.MOST_ZONES);
  }

  /** What the data's groups are made of, and must outlive them. */
  public static Set<ComponentName> homeOfData() {
    return Stream.concat(Stream.of(VPC), everyZone().mapToObj(ManagedNetwork::privateSubnet))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
