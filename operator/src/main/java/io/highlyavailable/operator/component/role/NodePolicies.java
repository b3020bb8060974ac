package io.highlyavailable.operator.component.role;

import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.component.Upstream;
import java.util.List;

/**
 * What worker nodes may do: the actions of AWS's managed policies AmazonEKSWorkerNodePolicy,
 * AmazonEC2ContainerRegistryPullOnly and AmazonEKS_CNI_Policy, so that one policy of ours says it
 * all and a permissions boundary bounds it ("Amazon EKS node IAM role" in EKS's guide).
 */
final class NodePolicies {
  private NodePolicies() {}

  static String node(Upstream.Settings settings) {
    return new PolicyDocument(
            List.of(
                Statement.allow(
                    "Kubelet",
                    List.of(
                        "ec2:DescribeInstanceTypes",
                        "ec2:DescribeInstances",
                        "ec2:DescribeRouteTables",
                        "ec2:DescribeSecurityGroups",
                        "ec2:DescribeSubnets",
                        "ec2:DescribeVolumes",
                        "ec2:DescribeVolumesModifications",
                        "ec2:DescribeVpcs",
                        "eks-auth:AssumeRoleForPodIdentity",
                        "eks:DescribeCluster"),
                    List.of("*")),
                Statement.allow(
                    "Images",
                    List.of(
                        "ecr:BatchCheckLayerAvailability",
                        "ecr:BatchGetImage",
                        "ecr:BatchImportUpstreamImage",
                        "ecr:GetAuthorizationToken",
                        "ecr:GetDownloadUrlForLayer"),
                    List.of("*")),
                Statement.allow(
                    "PodNetwork",
                    List.of(
                        "ec2:AssignPrivateIpAddresses",
                        "ec2:AttachNetworkInterface",
                        "ec2:CreateNetworkInterface",
                        "ec2:DeleteNetworkInterface",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeTags",
                        "ec2:DetachNetworkInterface",
                        "ec2:ModifyNetworkInterfaceAttribute",
                        "ec2:UnassignPrivateIpAddresses"),
                    List.of("*")),
                Statement.allow(
                    "PodNetworkTags",
                    List.of("ec2:CreateTags"),
                    List.of("arn:" + settings.partition() + ":ec2:*:*:network-interface/*"))))
        .json();
  }
}
