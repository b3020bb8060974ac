package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Module;

/** Registers a security group. */
public final class SecurityGroupModule
    implements Module<SecurityGroupDesired, SecurityGroup, AwsClients> {
  private final Component<SecurityGroupDesired, SecurityGroup> component;

  private SecurityGroupModule(Component<SecurityGroupDesired, SecurityGroup> component) {
    this.component = component;
  }

  /**
   * @param tier what the group guards
   */
  public SecurityGroupModule(DataTier tier) {
    this(new SecurityGroupRules(tier));
  }

  /** The group of an app's instances. */
  public static SecurityGroupModule ofInstances() {
    return new SecurityGroupModule(new AppGroupRules());
  }

  /** The group of the load balancer of an app's instances. */
  public static SecurityGroupModule ofLoadBalancer() {
    return new SecurityGroupModule(new BalancerGroupRules());
  }

  @Override
  public Component<SecurityGroupDesired, SecurityGroup> component() {
    return component;
  }

  @Override
  public String inventory() {
    return "security-groups";
  }

  @Override
  public Adapter<SecurityGroupDesired, SecurityGroup> adapter(AwsClients clients) {
    return new SecurityGroupAdapter(clients);
  }
}
