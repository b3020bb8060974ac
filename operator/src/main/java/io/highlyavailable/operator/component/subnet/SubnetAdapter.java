package io.highlyavailable.operator.component.subnet;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.Ec2Adapter;
import io.highlyavailable.operator.aws.Ec2Tags;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Subnets of managed networks. */
public final class SubnetAdapter implements Ec2Adapter<SubnetDesired, ManagedSubnet> {
  private final AwsClients clients;

  SubnetAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public AwsClients clients() {
    return clients;
  }

  @Override
  public List<ManagedSubnet> everything() {
    var request = DescribeSubnetsRequest.builder().maxResults(PAGE).build();
    return ec2().describeSubnetsPaginator(request).subnets().stream()
        .map(subnet -> row(subnet, Ec2Tags.of(subnet.tags())))
        .toList();
  }

  private ManagedSubnet row(Subnet subnet, Map<String, String> tags) {
    return new ManagedSubnet(
        Ec2Adapter.name(tags),
        clients.arn("ec2", subnet.ownerId(), "subnet/" + subnet.subnetId()),
        subnet.subnetId(),
        subnet.vpcId(),
        subnet.cidrBlock(),
        subnet.availabilityZone(),
        Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()),
        subnet.stateAsString(),
        tags);
  }

  @Override
  public ManagedSubnet create(SubnetDesired desired, Map<String, String> tags) {
    var specification =
        Ec2Tags.specification(
            ResourceType.SUBNET, Tags.with(tags, Map.of(desired.roleTag(), SubnetRules.ROLE)));
    var created =
        ec2()
            .createSubnet(
                it ->
                    it.vpcId(desired.vpcId())
                        .cidrBlock(desired.cidr())
                        .availabilityZone(desired.zone())
                        .tagSpecifications(specification))
            .subnet();
    return row(created, Ec2Tags.of(specification.tags()));
  }

  @Override
  public ManagedSubnet update(
      ManagedSubnet actual, SubnetDesired desired, List<Difference> changes) {
    ManagedSubnet row = actual;
    if (actual.publicAddresses()) {
      ec2()
          .modifySubnetAttribute(
              it -> it.subnetId(actual.resourceId()).mapPublicIpOnLaunch(off -> off.value(false)));
      row = row.withoutPublicAddresses();
    }
    Map<String, String> role = Map.of(desired.roleTag(), SubnetRules.ROLE);
    return actual.tags().entrySet().containsAll(role.entrySet()) ? row : tag(row, role);
  }

  @Override
  public Optional<ManagedSubnet> delete(ManagedSubnet actual, Disposal disposal) {
    Ec2Adapter.unlessGone(() -> ec2().deleteSubnet(it -> it.subnetId(actual.resourceId())));
    return Optional.empty();
  }
}
