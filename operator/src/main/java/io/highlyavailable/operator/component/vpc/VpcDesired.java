package io.highlyavailable.operator.component.vpc;

/**
 * A VPC as it should be; DNS is always on.
 *
 * @param cidr its addresses
 */
public record VpcDesired(String cidr) {}
