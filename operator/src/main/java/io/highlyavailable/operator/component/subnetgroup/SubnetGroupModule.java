package io.highlyavailable.operator.component.subnetgroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.DataTier;
import io.highlyavailable.operator.component.Module;

/** Registers a tier's subnet group. */
public final class SubnetGroupModule
    implements Module<SubnetGroupDesired, SubnetGroup, AwsClients> {
  private final DataTier tier;

  /**
   * @param tier what lives in the subnets
   */
  public SubnetGroupModule(DataTier tier) {
    this.tier = tier;
  }

  @Override
  public Component<SubnetGroupDesired, SubnetGroup> component() {
    return new SubnetGroupRules(tier);
  }

  @Override
  public Adapter<SubnetGroupDesired, SubnetGroup> adapter(AwsClients clients) {
    return switch (tier) {
      case DATABASE -> new SubnetGroupAdapter(clients);
      case SESSION_STORE -> new CacheSubnetGroupAdapter(clients);
    };
  }
}
