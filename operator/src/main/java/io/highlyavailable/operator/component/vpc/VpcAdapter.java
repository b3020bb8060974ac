package io.highlyavailable.operator.component.vpc;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.Ec2Adapter;
import io.highlyavailable.operator.aws.Ec2Tags;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** VPCs, whose listing does not show whether they have DNS: so it gives names only. */
public final class VpcAdapter implements Ec2Adapter<VpcDesired, Vpc> {
  private final AwsClients clients;

  VpcAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public AwsClients clients() {
    return clients;
  }

  @Override
  public Listing<Vpc> list() {
    return Listing.ofNames(
        everything().stream()
            .map(Vpc::name)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet()));
  }

  @Override
  public Optional<Vpc> find(String name) {
    return Ec2Adapter.super.find(name).map(this::inFull);
  }

  @Override
  public List<Vpc> everything() {
    var request = DescribeVpcsRequest.builder().maxResults(PAGE).build();
    return ec2().describeVpcsPaginator(request).vpcs().stream()
        .map(vpc -> row(vpc, Ec2Tags.of(vpc.tags())))
        .toList();
  }

  private Vpc row(software.amazon.awssdk.services.ec2.model.Vpc vpc, Map<String, String> tags) {
    return new Vpc(
        Ec2Adapter.name(tags),
        clients.arn("ec2", vpc.ownerId(), "vpc/" + vpc.vpcId()),
        vpc.vpcId(),
        vpc.cidrBlock(),
        vpc.stateAsString(),
        // As AWS makes them.
        true,
        false,
        tags);
  }

  private Vpc inFull(Vpc vpc) {
    boolean support =
        ec2()
            .describeVpcAttribute(
                of -> of.vpcId(vpc.resourceId()).attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
            .enableDnsSupport()
            .value();
    boolean hostnames =
        ec2()
            .describeVpcAttribute(
                of -> of.vpcId(vpc.resourceId()).attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
            .enableDnsHostnames()
            .value();
    return new Vpc(
        vpc.name(),
        vpc.id(),
        vpc.resourceId(),
        vpc.cidr(),
        vpc.state(),
        support,
        hostnames,
        vpc.tags());
  }

  /** One call; names are a difference that is set when it is available. */
  @Override
  public Vpc create(VpcDesired desired, Map<String, String> tags) {
    var specification = Ec2Tags.specification(ResourceType.VPC, tags);
    var created =
        ec2().createVpc(it -> it.cidrBlock(desired.cidr()).tagSpecifications(specification)).vpc();
    return row(created, Ec2Tags.of(specification.tags()));
  }

  @Override
  public Vpc update(Vpc actual, VpcDesired desired, List<Difference> changes) {
    if (!actual.dnsSupport()) {
      ec2()
          .modifyVpcAttribute(
              it -> it.vpcId(actual.resourceId()).enableDnsSupport(on -> on.value(true)));
    }
    if (!actual.dnsHostnames()) {
      ec2()
          .modifyVpcAttribute(
              it -> it.vpcId(actual.resourceId()).enableDnsHostnames(on -> on.value(true)));
    }
    return actual.withDns();
  }

  @Override
  public Optional<Vpc> delete(Vpc actual, Disposal disposal) {
    Ec2Adapter.unlessGone(() -> ec2().deleteVpc(it -> it.vpcId(actual.resourceId())));
    return Optional.empty();
  }
}
