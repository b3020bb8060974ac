package io.highlyavailable.operator.component.publicaddress;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Module;

/** Registers the address of the NAT gateway of one zone. */
public final class PublicAddressModule
    implements Module<PublicAddressDesired, PublicAddress, AwsClients> {
  private final int zone;

  /**
   * @param zone from 1
   */
  public PublicAddressModule(int zone) {
    this.zone = zone;
  }

  @Override
  public Component<PublicAddressDesired, PublicAddress> component() {
    return new PublicAddressRules(zone);
  }

  @Override
  public String inventory() {
    return "public-addresses";
  }

  @Override
  public Adapter<PublicAddressDesired, PublicAddress> adapter(AwsClients clients) {
    return new PublicAddressAdapter(clients);
  }
}
