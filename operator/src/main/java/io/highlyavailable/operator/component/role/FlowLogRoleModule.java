package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.AdapterOf;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the role that VPC flow logs take on. */
public final class FlowLogRoleModule implements Module<RoleDesired, FlowLogRole, AwsClients> {
  @Override
  public Component<RoleDesired, FlowLogRole> component() {
    return new FlowLogRoleRules();
  }

  @Override
  public Adapter<RoleDesired, FlowLogRole> adapter(AwsClients clients) {
    return new AdapterOf<>(
        new RoleAdapter(
            clients, "flow-logs", "Flow logs of the VPC of a HighlyAvailableApp are written"),
        FlowLogRole::new,
        FlowLogRole::role);
  }
}
