package io.highlyavailable.operator.component.subnet;

/**
 * A subnet as it should be. Nothing that starts in it is given a public address by itself.
 *
 * @param vpcId the VPC it is in
 * @param cidr its addresses
 * @param zone its availability zone's name, decided once
 * @param roleTag the tag that says what it is for; its value is 1
 */
public record SubnetDesired(String vpcId, String cidr, String zone, String roleTag) {}
