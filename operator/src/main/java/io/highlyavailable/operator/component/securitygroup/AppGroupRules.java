package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An app's instances let in their load balancer, and nothing else. */
public final class AppGroupRules implements GroupRules {
  @Override
  public ComponentName name() {
    return Compute.APP_SECURITY_GROUP;
  }

  @Override
  public String condition() {
    return Compute.CONDITION;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(
        new ComponentName("network"), ManagedNetwork.VPC, Compute.BALANCER_SECURITY_GROUP);
  }

  @Override
  public boolean wanted(App app) {
    return Compute.wanted(app);
  }

  @Override
  public String groupName(App app) {
    return app.resourceName() + "-app";
  }

  @Override
  public Desired<SecurityGroupDesired> desired(App app, Upstream upstream) {
    Optional<Network> network = upstream.ready(Network.class);
    Optional<SecurityGroup> balancer =
        upstream.ready(Compute.BALANCER_SECURITY_GROUP, SecurityGroup.class);
    if (network.isEmpty()) {
      return new Desired.Waiting<>("waiting for the network");
    }
    if (app.ingress().isPresent() && balancer.isEmpty()) {
      return new Desired.Waiting<>("waiting for the load balancer's security group");
    }
    List<Ingress> rules =
        balancer.stream()
            .map(group -> Ingress.tcp(Compute.INSTANCE_PORT, group.groupId()))
            .toList();
    return new Desired.Known<>(
        new SecurityGroupDesired(
            network.get().name(),
            groupName(app),
            "Instances of a HighlyAvailableApp",
            new TreeSet<>(rules)));
  }
}
