package io.highlyavailable.operator.component.gatewayendpoint;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.Ec2Adapter;
import io.highlyavailable.operator.aws.Ec2Tags;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItemError;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

/** Gateway endpoints. */
public final class GatewayEndpointAdapter
    implements Ec2Adapter<GatewayEndpointDesired, GatewayEndpoint> {
  /** What EC2 answers about an endpoint that is not there; other services' codes end otherwise. */
  private static final String GONE = "InvalidVpcEndpoint.NotFound|InvalidVpcEndpointId.NotFound";

  private final AwsClients clients;

  GatewayEndpointAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public AwsClients clients() {
    return clients;
  }

  @Override
  public List<GatewayEndpoint> everything() {
    var request = DescribeVpcEndpointsRequest.builder().maxResults(PAGE).build();
    return ec2().describeVpcEndpointsPaginator(request).vpcEndpoints().stream()
        .filter(endpoint -> endpoint.vpcEndpointType() == VpcEndpointType.GATEWAY)
        .filter(endpoint -> !state(endpoint).equals("deleted"))
        .map(endpoint -> row(endpoint, Ec2Tags.of(endpoint.tags())))
        .toList();
  }

  /** The API reference has states in upper camel case; EC2 answers in lower case. */
  private static String state(VpcEndpoint endpoint) {
    return endpoint.stateAsString().toLowerCase(Locale.ROOT);
  }

  private GatewayEndpoint row(VpcEndpoint endpoint, Map<String, String> tags) {
    String id = endpoint.vpcEndpointId();
    return new GatewayEndpoint(
        Ec2Adapter.name(tags),
        clients.arn("ec2", endpoint.ownerId(), "vpc-endpoint/" + id),
        id,
        endpoint.vpcId(),
        endpoint.serviceName(),
        state(endpoint),
        new TreeSet<>(endpoint.routeTableIds()),
        tags);
  }

  @Override
  public GatewayEndpoint create(GatewayEndpointDesired desired, Map<String, String> tags) {
    var specification = Ec2Tags.specification(ResourceType.VPC_ENDPOINT, tags);
    var created =
        ec2()
            .createVpcEndpoint(
                it ->
                    it.vpcId(desired.vpcId())
                        .vpcEndpointType(VpcEndpointType.GATEWAY)
                        .serviceName(desired.service())
                        .routeTableIds(desired.routeTableIds())
                        .tagSpecifications(specification))
            .vpcEndpoint();
    return row(created, Ec2Tags.of(specification.tags()));
  }

  @Override
  public GatewayEndpoint update(
      GatewayEndpoint actual, GatewayEndpointDesired desired, List<Difference> changes) {
    SortedSet<String> missing = new TreeSet<>(desired.routeTableIds());
    missing.removeAll(actual.routeTableIds());
    SortedSet<String> surplus = new TreeSet<>(actual.routeTableIds());
    surplus.removeAll(desired.routeTableIds());
    ec2()
        .modifyVpcEndpoint(
            it ->
                it.vpcEndpointId(actual.resourceId())
                    .addRouteTableIds(missing)
                    .removeRouteTableIds(surplus));
    return actual.withRouteTables(desired.routeTableIds());
  }

  /** The call succeeds as a whole where it failed for an endpoint. */
  @Override
  public Optional<GatewayEndpoint> delete(GatewayEndpoint actual, Disposal disposal) {
    ec2().deleteVpcEndpoints(it -> it.vpcEndpointIds(actual.resourceId())).unsuccessful().stream()
        .map(item -> item.error())
        .filter(error -> !error.code().matches(GONE))
        .findFirst()
        .ifPresent(GatewayEndpointAdapter::fail);
    return find(actual.name()).filter(row -> row.resourceId().equals(actual.resourceId()));
  }

  private static void fail(UnsuccessfulItemError error) {
    throw Ec2Exception.builder()
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(error.code()).errorMessage(error.message()).build())
        .build();
  }
}
