package io.highlyavailable.operator.component.dashboard;

/**
 * A dashboard as it should be.
 *
 * @param name its name
 * @param arn its ARN, which CloudWatch tells of listed dashboards only
 * @param body what it shows, in canonical JSON
 */
public record DashboardDesired(String name, String arn, String body) {}
