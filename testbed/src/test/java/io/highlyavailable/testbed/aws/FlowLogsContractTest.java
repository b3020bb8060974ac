package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateFlowLogsResponse;
import software.amazon.awssdk.services.ec2.model.FlowLog;

/**
 * Source: CreateFlowLogs, DescribeFlowLogs and "Error codes" in the EC2 API reference;
 * CreateLogGroup, DeleteLogGroup, PutRetentionPolicy and LogGroup in that of CloudWatch Logs.
 */
class FlowLogsContractTest extends EmulatorTest {
  private static final String GROUP = "/highlyavailableapp/ha-shop/flow-logs";

  private final CloudWatchLogsClient logs = client(CloudWatchLogsClient.builder());
  private final Ec2Client ec2 = client(Ec2Client.builder());

  private CreateFlowLogsResponse record(String vpc) {
    return ec2.createFlowLogs(
        b ->
            b.resourceType("VPC")
                .resourceIds(vpc)
                .trafficType("ALL")
                .logDestinationType("cloud-watch-logs")
                .logGroupName(GROUP)
                .deliverLogsPermissionArn("arn:aws:iam::123456789012:role/flow-logs")
                .tagSpecifications(
                    s -> s.resourceType("vpc-flow-log").tags(t -> t.key("owner").value("shop"))));
  }

  private String vpc() {
    return ec2.createVpc(b -> b.cidrBlock("10.9.0.0/16")).vpc().vpcId();
  }

  @Test
  void aFlowLogIsMadeWithItsTagsAndNotTwice() {
    logs.createLogGroup(b -> b.logGroupName(GROUP));
    String vpc = vpc();
    String id = record(vpc).flowLogIds().getFirst();

    FlowLog found = ec2.describeFlowLogs(b -> b.flowLogIds(id)).flowLogs().getFirst();
    assertThat(found.resourceId()).isEqualTo(vpc);
    assertThat(found.logGroupName()).isEqualTo(GROUP);
    assertThat(found.flowLogStatus()).isEqualTo("ACTIVE");
    assertThat(found.tags()).singleElement().satisfies(t -> assertThat(t.key()).isEqualTo("owner"));
    refused("FlowLogAlreadyExists", () -> record(vpc));

    ec2.deleteFlowLogs(b -> b.flowLogIds(id));
    assertThat(ec2.describeFlowLogs().flowLogs()).isEmpty();
    refused("InvalidFlowLogId.NotFound", () -> ec2.deleteFlowLogs(b -> b.flowLogIds(id)));
  }

  @Test
  void aFlowLogWithoutItsGroupCannotDeliver() {
    String id = record(vpc()).flowLogIds().getFirst();
    assertThat(ec2.describeFlowLogs(b -> b.flowLogIds(id)).flowLogs().getFirst())
        .extracting(FlowLog::deliverLogsStatus, FlowLog::deliverLogsErrorMessage)
        .containsExactly("FAILED", "Access error");
  }

  @Test
  void aLogGroupTakesItsTagsWithIt() {
    logs.createLogGroup(b -> b.logGroupName(GROUP).tags(Map.of("owner", "shop")));
    var group = logs.describeLogGroups(b -> b.logGroupNamePrefix(GROUP)).logGroups().getFirst();
    assertThat(group.arn()).endsWith(":log-group:" + GROUP + ":*");
    assertThat(group.logGroupArn()).endsWith(":log-group:" + GROUP);
    assertThat(group.retentionInDays()).as("for good").isNull();
    assertThat(logs.listTagsForResource(b -> b.resourceArn(group.logGroupArn())).tags())
        .containsEntry("owner", "shop");
    refused(
        "ResourceAlreadyExistsException", () -> logs.createLogGroup(b -> b.logGroupName(GROUP)));

    logs.deleteLogGroup(b -> b.logGroupName(GROUP));
    logs.createLogGroup(b -> b.logGroupName(GROUP));
    assertThat(logs.listTagsForResource(b -> b.resourceArn(group.logGroupArn())).tags()).isEmpty();
  }

  @Test
  void putRetentionPolicyKnowsCertainNumbersOfDaysOnly() {
    logs.createLogGroup(b -> b.logGroupName(GROUP));
    logs.putRetentionPolicy(b -> b.logGroupName(GROUP).retentionInDays(14));
    assertThat(logs.describeLogGroups().logGroups().getFirst().retentionInDays()).isEqualTo(14);
    refused(
        "InvalidParameterException",
        () -> logs.putRetentionPolicy(b -> b.logGroupName(GROUP).retentionInDays(15)));
  }
}
