package io.highlyavailable.operator.component.subnetgroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the database's subnet group. */
public final class SubnetGroupModule
    implements Module<SubnetGroupDesired, SubnetGroup, AwsClients> {
  @Override
  public Component<SubnetGroupDesired, SubnetGroup> component() {
    return new SubnetGroupRules();
  }

  @Override
  public Adapter<SubnetGroupDesired, SubnetGroup> adapter(AwsClients clients) {
    return new SubnetGroupAdapter(clients);
  }
}
