package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.ManagedNetwork;
import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;

/**
 * Who may take on the role of flow logs, and what it then may do. Source: "IAM role for publishing
 * flow logs to CloudWatch Logs" in the VPC user guide, but for the right to make log groups: there
 * is one, and the operator made it.
 */
final class FlowLogPolicies {
  private FlowLogPolicies() {}

  /** Flow logs of this account and region. */
  static String trust(App app, Upstream.Settings settings) {
    String logs =
        "arn:%s:ec2:%s:%s:vpc-flow-log/*"
            .formatted(settings.partition(), app.region(), settings.accountId());
    return new PolicyDocument(
            List.of(
                new Statement(
                    "FlowLogs",
                    "Allow",
                    Map.of("Service", "vpc-flow-logs.amazonaws.com"),
                    List.of("sts:AssumeRole"),
                    List.of(),
                    Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", settings.accountId()),
                        "ArnLike",
                        Map.of("aws:SourceArn", logs)))))
        .json();
  }

  /** The app's own log group and streams in it. */
  static String logs(App app, Upstream.Settings settings) {
    String group =
        "arn:%s:logs:%s:%s:log-group:%s"
            .formatted(
                settings.partition(),
                app.region(),
                settings.accountId(),
                ManagedNetwork.flowLogGroup(app));
    return new PolicyDocument(
            List.of(
                Statement.allow(
                    "Write",
                    List.of(
                        "logs:CreateLogStream",
                        "logs:DescribeLogGroups",
                        "logs:DescribeLogStreams",
                        "logs:PutLogEvents"),
                    List.of(group, group + ":*"))))
        .json();
  }
}
