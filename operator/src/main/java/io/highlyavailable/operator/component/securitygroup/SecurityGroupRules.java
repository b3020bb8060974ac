package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.peering.ClusterPeering;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tier's own security group lets in the app's clients on its port, and nothing else. */
public final class SecurityGroupRules implements GroupRules {
  private static final Map<String, Integer> PORTS =
      Map.of(
          "postgres",
          5432,
          "mysql",
          3306,
          "mariadb",
          3306,
          "redis",
          6379,
          "valkey",
          6379,
          "memcached",
          11211);

  private static final ComponentName NETWORK = new ComponentName("network");

  private final DataTier tier;

  SecurityGroupRules(DataTier tier) {
    this.tier = tier;
  }

  @Override
  public ComponentName name() {
    return tier.securityGroup();
  }

  @Override
  public String condition() {
    return tier.condition();
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(
        NETWORK, ManagedNetwork.VPC, ManagedNetwork.CLUSTER_PEERING, Compute.APP_SECURITY_GROUP);
  }

  @Override
  public boolean wanted(App app) {
    return tier.wanted(app);
  }

  @Override
  public String groupName(App app) {
    return switch (tier) {
      case DATABASE -> app.resourceName();
      case SESSION_STORE -> app.resourceName() + "-session-store";
    };
  }

  @Override
  public Desired<SecurityGroupDesired> desired(App app, Upstream upstream) {
    Optional<Network> network = upstream.ready(Network.class);
    if (network.isEmpty()) {
      return new Desired.Waiting<>("waiting for the network");
    }
    Optional<NetworkChoice.Managed> managed = ManagedNetwork.of(app);
    // A rule can name a group of another VPC only while the two are connected.
    if (managed.filter(NetworkChoice.Managed::peerWithCluster).isPresent()
        && upstream.ready(ClusterPeering.class).isEmpty()) {
      return new Desired.Waiting<>("waiting for the peering with the cluster's VPC");
    }
    Optional<String> instances = instances(app, upstream);
    if (Compute.wanted(app) && instances.isEmpty()) {
      return new Desired.Waiting<>("waiting for the instances' security group");
    }
    boolean apart = managed.filter(it -> !it.peerWithCluster()).isPresent();
    List<String> clients = clients(app, upstream.settings(), apart);
    if (clients.isEmpty() && instances.isEmpty() && !apart) {
      var unknown =
          upstream
              .settings()
              .unknownCluster(
                  "spec.network: no security group is named that may reach the " + what(),
                  "HAAPP_CLIENT_SECURITY_GROUP_IDS");
      return new Desired.Impossible<>(unknown.reason(), unknown.nextStep());
    }
    return new Desired.Known<>(
        group(network.get(), app, Stream.concat(clients.stream(), instances.stream())));
  }

  /** What runs on instances reaches its data from there, and its migration from the cluster. */
  private static Optional<String> instances(App app, Upstream upstream) {
    if (Compute.wanted(app)) {
      return upstream
          .ready(Compute.APP_SECURITY_GROUP, SecurityGroup.class)
          .map(SecurityGroup::groupId);
    }
    // An app that moves to pods runs on its instances until those serve.
    return upstream.observed(Compute.GROUP) instanceof Observation.Present<?>
            && upstream.observed(Compute.APP_SECURITY_GROUP)
                instanceof Observation.Present<?>(SecurityGroup group)
        ? Optional.of(group.groupId())
        : Optional.empty();
  }

  private SecurityGroupDesired group(Network network, App app, Stream<String> clients) {
    int port = PORTS.getOrDefault(engine(app), 5432);
    return new SecurityGroupDesired(
        network.name(),
        groupName(app),
        "Clients of a HighlyAvailableApp's " + what(),
        clients
            .map(client -> Ingress.tcp(port, client))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private String what() {
    return switch (tier) {
      case DATABASE -> "database";
      case SESSION_STORE -> "session store";
    };
  }

  private String engine(App app) {
    return switch (tier) {
      case DATABASE -> app.databaseSettings().orElseThrow().engine();
      case SESSION_STORE -> app.sessionStoreSettings().orElseThrow().engine();
    };
  }

  private static List<String> clients(App app, Upstream.Settings settings, boolean apart) {
    List<String> chosen = app.network().clientSecurityGroupIds();
    return chosen.isEmpty() && !apart ? settings.clientSecurityGroupIds() : chosen;
  }
}
