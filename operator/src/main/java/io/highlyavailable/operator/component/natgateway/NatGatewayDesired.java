package io.highlyavailable.operator.component.natgateway;

/**
 * A NAT gateway as it should be.
 *
 * @param subnetId the public subnet it is in
 * @param allocationId its public address
 */
public record NatGatewayDesired(String subnetId, String allocationId) {}
