package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers a role of instances. */
public final class InstanceRoleModule implements Module<RoleDesired, InstanceRole, AwsClients> {
  private final Component<RoleDesired, InstanceRole> component;

  private InstanceRoleModule(Component<RoleDesired, InstanceRole> component) {
    this.component = component;
  }

  /** That of an app's instances. */
  public static InstanceRoleModule ofInstances() {
    return new InstanceRoleModule(new InstanceRoleRules());
  }

  /** That of worker nodes. */
  public static InstanceRoleModule ofNodes() {
    return new InstanceRoleModule(new NodeRoleRules());
  }

  @Override
  public Component<RoleDesired, InstanceRole> component() {
    return component;
  }

  @Override
  public String inventory() {
    return "instance-roles";
  }

  @Override
  public Adapter<RoleDesired, InstanceRole> adapter(AwsClients clients) {
    return new InstanceRoleAdapter(clients);
  }
}
