package io.highlyavailable.operator.aws;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.VpcConfigResponse;

/**
 * What EKS knows of the network of a cluster.
 *
 * @param vpcId the VPC of its nodes and pods
 * @param securityGroupIds the cluster security group, which its nodes and pods share; empty while
 *     EKS has not made it
 */
public record EksCluster(String vpcId, List<String> securityGroupIds) {
  public EksCluster {
    securityGroupIds = List.copyOf(securityGroupIds);
  }

  /**
   * Asks EKS; needs the permission eks:DescribeCluster.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when EKS cannot be reached, denies
   *     it, or has no such cluster
   */
  public static EksCluster ask(EksClient eks, String name) {
    VpcConfigResponse network =
        eks.describeCluster(cluster -> cluster.name(name)).cluster().resourcesVpcConfig();
    return new EksCluster(
        Optional.ofNullable(network.vpcId()).orElse(""),
        Optional.ofNullable(network.clusterSecurityGroupId()).stream().toList());
  }
}
