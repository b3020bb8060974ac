package io.highlyavailable.operator.component.natgateway;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.NetworkPiece;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.internetgateway.InternetGateway;
import io.highlyavailable.operator.component.publicaddress.PublicAddress;
import io.highlyavailable.operator.component.subnet.ManagedSubnet;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A NAT gateway in a zone's public subnet. One that failed is deleted, and then made again. */
final class NatGatewayRules implements NetworkPiece<NatGatewayDesired, NatGateway> {
  private final int zone;

  NatGatewayRules(int zone) {
    this.zone = zone;
  }

  @Override
  public ComponentName name() {
    return ManagedNetwork.natGateway(zone);
  }

  @Override
  public String kind() {
    return "nat-gateway";
  }

  @Override
  public Class<NatGateway> resourceType() {
    return NatGateway.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(
        ManagedNetwork.INTERNET_GATEWAY,
        ManagedNetwork.publicSubnet(zone),
        ManagedNetwork.natAddress(zone));
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
  public Desired<NatGatewayDesired> desired(
      NetworkChoice.Managed network, App app, Upstream upstream) {
    Optional<ManagedSubnet> subnet =
        upstream.ready(ManagedNetwork.publicSubnet(zone), ManagedSubnet.class);
    Optional<PublicAddress> address =
        upstream.ready(ManagedNetwork.natAddress(zone), PublicAddress.class);
    if (upstream.ready(InternetGateway.class).isEmpty()) {
      return new Desired.Waiting<>("waiting for the internet gateway");
    }
    if (subnet.isEmpty()) {
      return new Desired.Waiting<>("waiting for its subnet");
    }
    if (address.isEmpty()) {
      return new Desired.Waiting<>("waiting for its address");
    }
    return new Desired.Known<>(
        new NatGatewayDesired(subnet.get().resourceId(), address.get().resourceId()));
  }

  @Override
  public List<Difference> differences(NatGatewayDesired desired, NatGateway actual) {
    return NatGateway.FAILED.equals(actual.state())
        ? List.of(new Difference("state", NatGateway.AVAILABLE, actual.state(), Impact.IN_PLACE))
        : List.of();
  }

  @Override
  public Readiness readiness(NatGatewayDesired desired, NatGateway actual) {
    return switch (actual.state()) {
      case NatGateway.AVAILABLE -> new Readiness.Ready();
      case NatGateway.FAILED ->
          new Readiness.Failed(
              "it failed and is made again: " + actual.failure(), "remove what the message names");
      default -> new Readiness.Progressing("its state is " + actual.state());
    };
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeNatGateways",
        "ec2:CreateNatGateway",
        "ec2:DeleteNatGateway",
        "ec2:CreateTags",
        "ec2:DeleteTags");
  }
}
