package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;

/**
 * Who may take on the role of Enhanced Monitoring, and what it then may do: what the managed policy
 * {@code AmazonRDSEnhancedMonitoringRole} allows, written into the role, so that the operator needs
 * no right to attach policies. "Setting up and enabling Enhanced Monitoring" in RDS's user guide.
 */
final class MonitoringPolicies {
  private MonitoringPolicies() {}

  /** RDS's monitoring, for the app's own database and its replicas. */
  static String trust(App app, Upstream.Settings settings) {
    String database =
        "arn:%s:rds:%s:%s:db:%s"
            .formatted(
                settings.partition(), app.region(), settings.accountId(), app.resourceName());
    return new PolicyDocument(
            List.of(
                new Statement(
                    "RdsForThisDatabase",
                    "Allow",
                    Map.of("Service", "monitoring.rds.amazonaws.com"),
                    List.of("sts:AssumeRole"),
                    List.of(),
                    Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", settings.accountId()),
                        "StringLike",
                        Map.of("aws:SourceArn", database + "*")))))
        .json();
  }

  /** The log group {@code RDSOSMetrics} and streams in it. */
  static String logs(Upstream.Settings settings) {
    String group = "arn:%s:logs:*:*:log-group:RDS*".formatted(settings.partition());
    return new PolicyDocument(
            List.of(
                Statement.allow(
                    "Group",
                    List.of("logs:CreateLogGroup", "logs:PutRetentionPolicy"),
                    List.of(group)),
                Statement.allow(
                    "Streams",
                    List.of(
                        "logs:CreateLogStream",
                        "logs:DescribeLogStreams",
                        "logs:GetLogEvents",
                        "logs:PutLogEvents"),
                    List.of(group + ":log-stream:*"))))
        .json();
  }
}
