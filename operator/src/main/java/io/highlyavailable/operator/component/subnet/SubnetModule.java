package io.highlyavailable.operator.component.subnet;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers one zone's subnet of a tier. */
public final class SubnetModule implements Module<SubnetDesired, ManagedSubnet, AwsClients> {
  private final SubnetTier tier;
  private final int zone;

  /**
   * @param tier what it is for
   * @param zone from 1
   */
  public SubnetModule(SubnetTier tier, int zone) {
    this.tier = tier;
    this.zone = zone;
  }

  @Override
  public Component<SubnetDesired, ManagedSubnet> component() {
    return new SubnetRules(tier, zone);
  }

  @Override
  public String inventory() {
    return "subnets";
  }

  @Override
  public Adapter<SubnetDesired, ManagedSubnet> adapter(AwsClients clients) {
    return new SubnetAdapter(clients);
  }
}
