package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the database's security group. */
public final class SecurityGroupModule
    implements Module<SecurityGroupDesired, SecurityGroup, AwsClients> {
  @Override
  public Component<SecurityGroupDesired, SecurityGroup> component() {
    return new SecurityGroupRules();
  }

  @Override
  public Adapter<SecurityGroupDesired, SecurityGroup> adapter(AwsClients clients) {
    return new SecurityGroupAdapter(clients);
  }
}
