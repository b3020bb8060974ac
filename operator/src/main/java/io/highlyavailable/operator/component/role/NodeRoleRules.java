package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Nodes;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.Optional;

/** The role of worker nodes: what the kubelet, the network plugin and image pulls need. */
public final class NodeRoleRules implements ProfileRules {
  @Override
  public ComponentName name() {
    return Nodes.ROLE;
  }

  @Override
  public String condition() {
    return Nodes.CONDITION;
  }

  @Override
  public boolean wanted(App app) {
    return Nodes.wanted(app);
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    return Optional.of(Nodes.role(app));
  }

  @Override
  public Desired<RoleDesired> desired(App app, Upstream upstream) {
    Upstream.Settings settings = upstream.settings();
    if (settings.accountId().isEmpty()) {
      return new Desired.Waiting<>("waiting to learn the AWS account");
    }
    return new Desired.Known<>(
        new RoleDesired(
            Nodes.role(app),
            settings.iamPath(),
            InstancePolicies.trust(settings),
            NodePolicies.node(settings),
            settings.permissionsBoundaryArn()));
  }
}
