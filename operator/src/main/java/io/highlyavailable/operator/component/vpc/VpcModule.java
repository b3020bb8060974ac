package io.highlyavailable.operator.component.vpc;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the VPC. */
public final class VpcModule implements Module<VpcDesired, Vpc, AwsClients> {
  @Override
  public Component<VpcDesired, Vpc> component() {
    return new VpcRules();
  }

  @Override
  public Adapter<VpcDesired, Vpc> adapter(AwsClients clients) {
    return new VpcAdapter(clients);
  }
}
