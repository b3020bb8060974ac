package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Module;

/** Registers a tier's security group. */
public final class SecurityGroupModule
    implements Module<SecurityGroupDesired, SecurityGroup, AwsClients> {
  private final DataTier tier;

  /**
   * @param tier what the group guards
   */
  public SecurityGroupModule(DataTier tier) {
    this.tier = tier;
  }

  @Override
  public Component<SecurityGroupDesired, SecurityGroup> component() {
    return new SecurityGroupRules(tier);
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
