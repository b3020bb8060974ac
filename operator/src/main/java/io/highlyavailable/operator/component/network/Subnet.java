package io.highlyavailable.operator.component.network;

/**
 * A subnet of a VPC.
 *
 * @param id the subnet's id
 * @param zone the availability zone's name
 * @param forInternal whether it is tagged for internal load balancers, and so private
 * @param forPublic whether it is tagged for internet-facing load balancers, and so public
 */
public record Subnet(String id, String zone, boolean forInternal, boolean forPublic) {}
