package io.highlyavailable.operator.component.peering;

/**
 * The connection as it should be: active, and known to every route table of the cluster's VPC.
 *
 * @param vpcId the app's VPC
 * @param cidr the addresses of the app's VPC
 * @param clusterVpcId the cluster's VPC
 */
public record ClusterPeeringDesired(String vpcId, String cidr, String clusterVpcId) {}
