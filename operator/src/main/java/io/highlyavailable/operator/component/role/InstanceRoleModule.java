package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the role of an app's instances. */
public final class InstanceRoleModule implements Module<RoleDesired, InstanceRole, AwsClients> {
  @Override
  public Component<RoleDesired, InstanceRole> component() {
    return new InstanceRoleRules();
  }

  @Override
  public Adapter<RoleDesired, InstanceRole> adapter(AwsClients clients) {
    return new InstanceRoleAdapter(clients);
  }
}
