package io.highlyavailable.operator.component.natgateway;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.Ec2Adapter;
import io.highlyavailable.operator.aws.Ec2Tags;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** NAT gateways. EC2 goes on to list those that are deleted for about an hour. */
public final class NatGatewayAdapter implements Ec2Adapter<NatGatewayDesired, NatGateway> {
  private final AwsClients clients;

  NatGatewayAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public AwsClients clients() {
    return clients;
  }

  @Override
  public List<NatGateway> everything() {
    var request = DescribeNatGatewaysRequest.builder().maxResults(PAGE).build();
    return ec2().describeNatGatewaysPaginator(request).natGateways().stream()
        .filter(gateway -> gateway.state() != NatGatewayState.DELETED)
        .map(gateway -> row(gateway, Ec2Tags.of(gateway.tags())))
        .toList();
  }

  private static NatGateway row(
      software.amazon.awssdk.services.ec2.model.NatGateway gateway, Map<String, String> tags) {
    return new NatGateway(
        Ec2Adapter.name(tags),
        gateway.natGatewayId(),
        gateway.subnetId(),
        gateway.stateAsString(),
        Stream.of(gateway.failureCode(), gateway.failureMessage())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(": ")),
        tags);
  }

  @Override
  public NatGateway create(NatGatewayDesired desired, Map<String, String> tags) {
    var specification = Ec2Tags.specification(ResourceType.NATGATEWAY, tags);
    var created =
        ec2()
            .createNatGateway(
                it ->
                    it.subnetId(desired.subnetId())
                        .allocationId(desired.allocationId())
                        .tagSpecifications(specification))
            .natGateway();
    return row(created, Ec2Tags.of(specification.tags()));
  }

  /** What failed can only be deleted. */
  @Override
  public NatGateway update(NatGateway actual, NatGatewayDesired desired, List<Difference> changes) {
    delete(actual);
    return actual.beingDeleted();
  }

  private void delete(NatGateway actual) {
    Ec2Adapter.unlessGone(() -> ec2().deleteNatGateway(it -> it.natGatewayId(actual.resourceId())));
  }

  /** It is {@code deleting} for a minute, or gone when a listing does not show it. */
  @Override
  public Optional<NatGateway> delete(NatGateway actual, Disposal disposal) {
    delete(actual);
    return find(actual.name()).filter(row -> row.resourceId().equals(actual.resourceId()));
  }
}
