package io.highlyavailable.operator.component.flowlog;

/**
 * A VPC flow log as it should be.
 *
 * @param vpcId whose traffic it records
 * @param logGroup where it writes to
 * @param roleArn the role that it writes with
 */
public record FlowLogDesired(String vpcId, String logGroup, String roleArn) {}
