package io.highlyavailable.operator.component.internetgateway;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.Ec2Adapter;
import io.highlyavailable.operator.aws.Ec2Tags;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Internet gateways; attaching one is a call of its own. */
public final class InternetGatewayAdapter
    implements Ec2Adapter<InternetGatewayDesired, InternetGateway> {
  private final AwsClients clients;

  InternetGatewayAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public AwsClients clients() {
    return clients;
  }

  @Override
  public List<InternetGateway> everything() {
    var request = DescribeInternetGatewaysRequest.builder().maxResults(PAGE).build();
    return ec2().describeInternetGatewaysPaginator(request).internetGateways().stream()
        .map(gateway -> row(gateway, Ec2Tags.of(gateway.tags())))
        .toList();
  }

  private InternetGateway row(
      software.amazon.awssdk.services.ec2.model.InternetGateway gateway, Map<String, String> tags) {
    String id = gateway.internetGatewayId();
    return new InternetGateway(
        Ec2Adapter.name(tags),
        clients.arn("ec2", gateway.ownerId(), "internet-gateway/" + id),
        id,
        gateway.attachments().stream().map(InternetGatewayAttachment::vpcId).findFirst().orElse(""),
        tags);
  }

  @Override
  public InternetGateway create(InternetGatewayDesired desired, Map<String, String> tags) {
    var specification = Ec2Tags.specification(ResourceType.INTERNET_GATEWAY, tags);
    var created =
        ec2().createInternetGateway(it -> it.tagSpecifications(specification)).internetGateway();
    return row(created, Ec2Tags.of(specification.tags()));
  }

  /** EC2 refuses to attach what is attached elsewhere; whoever did that is to undo it. */
  @Override
  public InternetGateway update(
      InternetGateway actual, InternetGatewayDesired desired, List<Difference> changes) {
    ec2()
        .attachInternetGateway(
            it -> it.internetGatewayId(actual.resourceId()).vpcId(desired.vpcId()));
    return new InternetGateway(
        actual.name(), actual.id(), actual.resourceId(), desired.vpcId(), actual.tags());
  }

  @Override
  public Optional<InternetGateway> delete(InternetGateway actual, Disposal disposal) {
    if (!actual.vpcId().isEmpty()) {
      Ec2Adapter.unlessGone(
          () ->
              ec2()
                  .detachInternetGateway(
                      it -> it.internetGatewayId(actual.resourceId()).vpcId(actual.vpcId())));
    }
    Ec2Adapter.unlessGone(
        () -> ec2().deleteInternetGateway(it -> it.internetGatewayId(actual.resourceId())));
    return Optional.empty();
  }
}
