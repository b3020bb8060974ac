package io.highlyavailable.operator.component.zone;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the zones of a region. */
public final class ZonesModule implements Module<ZonesDesired, Zones, AwsClients> {
  @Override
  public Component<ZonesDesired, Zones> component() {
    return new ZonesRules();
  }

  @Override
  public Adapter<ZonesDesired, Zones> adapter(AwsClients clients) {
    return new ZonesAdapter(clients);
  }
}
