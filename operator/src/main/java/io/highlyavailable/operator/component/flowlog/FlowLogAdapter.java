package io.highlyavailable.operator.component.flowlog;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.aws.Ec2Adapter;
import io.highlyavailable.operator.aws.Ec2Tags;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeFlowLogsRequest;
import software.amazon.awssdk.services.ec2.model.FlowLogsResourceType;
import software.amazon.awssdk.services.ec2.model.LogDestinationType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TrafficType;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;

/** VPC flow logs. What is wrong with one is made right by another: EC2 cannot change any. */
final class FlowLogAdapter implements Ec2Adapter<FlowLogDesired, FlowLog> {
  /** Seconds of traffic in one record; the other choice, 60, has up to ten times the records. */
  private static final int AGGREGATION_SECONDS = 600;

  private final AwsClients clients;

  FlowLogAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public AwsClients clients() {
    return clients;
  }

  @Override
  public List<FlowLog> everything() {
    var request = DescribeFlowLogsRequest.builder().maxResults(PAGE).build();
    return ec2().describeFlowLogsPaginator(request).flowLogs().stream()
        .map(log -> row(log, Ec2Tags.of(log.tags())))
        .toList();
  }

  private static FlowLog row(
      software.amazon.awssdk.services.ec2.model.FlowLog log, Map<String, String> tags) {
    return new FlowLog(
        Ec2Adapter.name(tags),
        log.flowLogId(),
        Objects.requireNonNullElse(log.resourceId(), ""),
        Objects.requireNonNullElse(log.logGroupName(), ""),
        Objects.requireNonNullElse(log.deliverLogsPermissionArn(), ""),
        Objects.requireNonNullElse(log.flowLogStatus(), ""),
        Objects.requireNonNullElse(log.deliverLogsErrorMessage(), ""),
        tags);
  }

  @Override
  public FlowLog create(FlowLogDesired desired, Map<String, String> tags) {
    var specification = Ec2Tags.specification(ResourceType.VPC_FLOW_LOG, tags);
    var answer =
        ec2()
            .createFlowLogs(
                it ->
                    it.resourceType(FlowLogsResourceType.VPC)
                        .resourceIds(desired.vpcId())
                        .trafficType(TrafficType.ALL)
                        .logDestinationType(LogDestinationType.CLOUD_WATCH_LOGS)
                        .logGroupName(desired.logGroup())
                        .deliverLogsPermissionArn(desired.roleArn())
                        .maxAggregationInterval(AGGREGATION_SECONDS)
                        .tagSpecifications(specification));
    answer.unsuccessful().stream().findFirst().ifPresent(FlowLogAdapter::fail);
    Map<String, String> all = Ec2Tags.of(specification.tags());
    return new FlowLog(
        Ec2Adapter.name(all),
        answer.flowLogIds().getFirst(),
        desired.vpcId(),
        desired.logGroup(),
        desired.roleArn(),
        "ACTIVE",
        "",
        all);
  }

  /** The call succeeds although nothing was made. */
  private static void fail(UnsuccessfulItem item) {
    throw new CloudFailureException(
        new CloudFailure(
            CloudFailure.Kind.INVALID,
            "ec2:CreateFlowLogs",
            item.error().code(),
            item.error().message(),
            "change what the message names in the spec or the operator's configuration",
            false));
  }

  /** The old one goes first: EC2 refuses a second of the same VPC and log group. */
  @Override
  public FlowLog update(FlowLog actual, FlowLogDesired desired, List<Difference> changes) {
    delete(actual);
    return create(desired, actual.tags());
  }

  private void delete(FlowLog actual) {
    Ec2Adapter.unlessGone(() -> ec2().deleteFlowLogs(it -> it.flowLogIds(actual.resourceId())));
  }

  @Override
  public Optional<FlowLog> delete(FlowLog actual, Disposal disposal) {
    delete(actual);
    return Optional.empty();
  }
}
