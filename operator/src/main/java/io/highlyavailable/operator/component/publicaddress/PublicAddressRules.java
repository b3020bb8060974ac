package io.highlyavailable.operator.component.publicaddress;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.NetworkPiece;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Set;

/**
 * The address of a NAT gateway, which others may have on their lists: so it outlives the gateway.
 */
final class PublicAddressRules implements NetworkPiece<PublicAddressDesired, PublicAddress> {
  private final int zone;

  PublicAddressRules(int zone) {
    this.zone = zone;
  }

  @Override
  public ComponentName name() {
    return ManagedNetwork.natAddress(zone);
  }

  @Override
  public String kind() {
    return "elastic-ip";
  }

  @Override
  public Class<PublicAddress> resourceType() {
    return PublicAddress.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(ManagedNetwork.VPC);
  }

  @Override
  public boolean wanted(NetworkChoice.Managed network) {
    return zone <= network.natGatewayCount();
  }

  @Override
  public boolean needsIntent() {
    return true;
  }

  @Override
  public Desired<PublicAddressDesired> desired(
      NetworkChoice.Managed network, App app, Upstream upstream) {
    return new Desired.Known<>(new PublicAddressDesired(zone));
  }

  @Override
  public List<Difference> differences(PublicAddressDesired desired, PublicAddress actual) {
    return List.of();
  }

  @Override
  public Readiness readiness(PublicAddressDesired desired, PublicAddress actual) {
    return new Readiness.Ready();
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeAddresses",
        "ec2:AllocateAddress",
        "ec2:ReleaseAddress",
        "ec2:CreateTags",
        "ec2:DeleteTags");
  }
}
