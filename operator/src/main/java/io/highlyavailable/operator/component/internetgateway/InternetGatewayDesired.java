package io.highlyavailable.operator.component.internetgateway;

/**
 * An internet gateway as it should be.
 *
 * @param vpcId the VPC it is attached to
 */
public record InternetGatewayDesired(String vpcId) {}
