package io.highlyavailable.operator.component.instancegroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers an Auto Scaling group. */
public final class InstanceGroupModule
    implements Module<InstanceGroupDesired, InstanceGroup, AwsClients> {
  private final Component<InstanceGroupDesired, InstanceGroup> component;

  /**
   * @param component which one
   */
  public InstanceGroupModule(Component<InstanceGroupDesired, InstanceGroup> component) {
    this.component = component;
  }

  /** That of an app's instances. */
  public static InstanceGroupModule ofInstances() {
    return new InstanceGroupModule(new InstanceGroupRules());
  }

  /** That of worker nodes. */
  public static InstanceGroupModule ofNodes() {
    return new InstanceGroupModule(new NodeGroupRules());
  }

  @Override
  public Component<InstanceGroupDesired, InstanceGroup> component() {
    return component;
  }

  @Override
  public String inventory() {
    return "auto-scaling-groups";
  }

  @Override
  public Adapter<InstanceGroupDesired, InstanceGroup> adapter(AwsClients clients) {
    return new InstanceGroupAdapter(clients);
  }
}
