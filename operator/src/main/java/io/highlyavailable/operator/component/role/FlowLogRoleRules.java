package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;

/** A role that VPC flow logs alone may take on, to write to the app's own log group. */
final class FlowLogRoleRules implements ServiceRoleRules<FlowLogRole> {
  @Override
  public ComponentName name() {
    return ManagedNetwork.FLOW_LOG_ROLE;
  }

  @Override
  public String condition() {
    return ManagedNetwork.CONDITION;
  }

  @Override
  public Class<FlowLogRole> resourceType() {
    return FlowLogRole.class;
  }

  @Override
  public boolean wanted(App app) {
    return ManagedNetwork.flowLogRetentionDays(app).isPresent();
  }

  @Override
  public String suffix() {
    return "-flow-logs";
  }

  @Override
  public String trust(App app, Upstream.Settings settings) {
    return FlowLogPolicies.trust(app, settings);
  }

  @Override
  public String policy(App app, Upstream.Settings settings) {
    return FlowLogPolicies.logs(app, settings);
  }
}
