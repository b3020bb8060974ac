package io.highlyavailable.testbed.network;

import java.util.List;

/**
 * A cluster's network.
 *
 * @param vpcId the VPC
 * @param privateSubnetIds one a zone, tagged {@code kubernetes.io/role/internal-elb}
 * @param publicSubnetIds one a zone, tagged {@code kubernetes.io/role/elb}
 * @param clusterSecurityGroupId the group of nodes and pods
 */
public record Network(
    String vpcId,
    List<String> privateSubnetIds,
    List<String> publicSubnetIds,
    String clusterSecurityGroupId) {

  public Network {
    privateSubnetIds = List.copyOf(privateSubnetIds);
    publicSubnetIds = List.copyOf(publicSubnetIds);
  }
}
