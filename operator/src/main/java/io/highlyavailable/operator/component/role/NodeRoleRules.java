package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Nodes;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;

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
  public String suffix() {
    return Nodes.ROLE_SUFFIX;
  }

  @Override
  public String trust(App app, Upstream.Settings settings) {
    return InstancePolicies.trust(settings);
  }

  @Override
  public String policy(App app, Upstream.Settings settings) {
    return NodePolicies.node(settings);
  }
}
