package io.highlyavailable.operator.component.subnet;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.NetworkPiece;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.vpc.Vpc;
import io.highlyavailable.operator.component.zone.Zones;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One subnet of a tier a zone. EC2 refuses a second one with the same addresses, so a create that
 * is sent twice makes one.
 */
final class SubnetRules implements NetworkPiece<SubnetDesired, ManagedSubnet> {
  /** What the role's tag is set to; the load balancer controller takes an empty value too. */
  static final String ROLE = "1";

  private final SubnetTier tier;
  private final int zone;

  SubnetRules(SubnetTier tier, int zone) {
    this.tier = tier;
    this.zone = zone;
  }

  @Override
  public ComponentName name() {
    return tier.component(zone);
  }

  @Override
  public String kind() {
    return "subnet";
  }

  @Override
  public Class<ManagedSubnet> resourceType() {
    return ManagedSubnet.class;
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.of(ManagedNetwork.VPC, ManagedNetwork.ZONES);
  }

  @Override
  public boolean wanted(NetworkChoice.Managed network) {
    return zone <= network.zones();
  }

  @Override
  public Desired<SubnetDesired> desired(NetworkChoice.Managed network, App app, Upstream upstream) {
    Optional<Vpc> vpc = upstream.ready(Vpc.class);
    Optional<String> zoneName = upstream.ready(Zones.class).flatMap(zones -> zones.zone(zone));
    if (zoneName.isEmpty()) {
      return new Desired.Waiting<>("waiting for the availability zones");
    }
    if (vpc.isEmpty()) {
      return new Desired.Waiting<>("waiting for the VPC");
    }
    return new Desired.Known<>(
        new SubnetDesired(
            vpc.get().resourceId(),
            tier.cidr(network, zone).toString(),
            zoneName.get(),
            tier.roleTag()));
  }

  /** Its zone was decided when it was made; a region that shows other zones later moves nothing. */
  @Override
  public List<Difference> differences(SubnetDesired desired, ManagedSubnet actual) {
    List<Difference> found = new ArrayList<>();
    if (!desired.vpcId().equals(actual.vpcId())) {
      found.add(new Difference("vpc", desired.vpcId(), actual.vpcId(), Impact.REPLACING));
    }
    if (!desired.cidr().equals(actual.cidr())) {
      found.add(new Difference("cidr", desired.cidr(), actual.cidr(), Impact.REPLACING));
    }
    if (actual.publicAddresses()) {
      found.add(new Difference("publicAddresses", "false", "true", Impact.IN_PLACE));
    }
    String role = actual.tags().getOrDefault(desired.roleTag(), "none");
    if (!role.equals(ROLE)) {
      found.add(new Difference("tag " + desired.roleTag(), ROLE, role, Impact.IN_PLACE));
    }
    return found;
  }

  @Override
  public Readiness readiness(SubnetDesired desired, ManagedSubnet actual) {
    return actual.inTransition()
        ? new Readiness.Progressing("its state is " + actual.state())
        : new Readiness.Ready();
  }

  @Override
  public Set<String> iamActions() {
    return Set.of(
        "ec2:DescribeSubnets",
        "ec2:CreateSubnet",
        "ec2:ModifySubnetAttribute",
        "ec2:DeleteSubnet",
        "ec2:CreateTags",
        "ec2:DeleteTags");
  }
}
