package io.highlyavailable.operator.aws;

import static io.highlyavailable.operator.aws.Scope.Policy.COMPUTE;
import static io.highlyavailable.operator.aws.Scope.Policy.INGRESS;
import static io.highlyavailable.operator.aws.Scope.Policy.NETWORK;
import static io.highlyavailable.operator.aws.Scope.Policy.ROLES;

import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the operator may act: networks, instances, nodes, load balancers and roles. */
final class PlaceScopes {
  private static final String ROLE_ARNS = "arn:aws:iam::*:role/highlyavailableapp/ha-*";

  private static final String GROUPS = "arn:aws:ec2:*:*:security-group/*";

  private static final String TEMPLATES = "arn:aws:ec2:*:*:launch-template/*";

  /** Those of instances and those of nodes. */
  private static final List<String> INSTANCE_ROLES =
      List.of(ROLE_ARNS + "-instance", ROLE_ARNS + "-node");

  private static final String BALANCERS = "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/ha-*";

  private static final String COPYING_ROLES = ROLE_ARNS + "-replication";

  private static final String MONITORING_ROLES = ROLE_ARNS + "-monitoring";

  private static final String FLOW_LOG_ROLES = ROLE_ARNS + "-flow-logs";

  /** What a managed network is made of. */
  private static final List<String> NETWORKS =
      Stream.of(
              "elastic-ip",
              "internet-gateway",
              "natgateway",
              "route-table",
              "subnet",
              "vpc",
              "vpc-endpoint",
              "vpc-flow-log",
              "vpc-peering-connection")
          .map(type -> "arn:aws:ec2:*:*:" + type + "/*")
          .toList();

  /** What starting an instance takes. */
  private static final List<String> INSTANCES =
      List.of(
          "arn:aws:ec2:*:*:instance/*",
          "arn:aws:ec2:*:*:network-interface/*",
          "arn:aws:ec2:*:*:subnet/*",
          "arn:aws:ec2:*:*:volume/*",
          "arn:aws:ec2:*::image/*",
          GROUPS,
          TEMPLATES);

  /** A condition that holds for tags that come with what is being created. */
  private static final Map<String, Map<String, String>> CREATING =
      Map.of("Null", Map.of("ec2:CreateAction", "false"));

  /** A condition that holds for what carries our tag already. */
  private static final Map<String, Map<String, String>> TAGGED =
      Map.of("Null", Map.of("aws:ResourceTag/" + OwnershipTags.CLUSTER_ID, "false"));

  /** A condition that holds for what is tagged as ours by the request itself. */
  private static final Map<String, Map<String, String>> TAGGING =
      Map.of("StringEquals", Map.of("ec2:CreateAction", "CreateSecurityGroup"));

  /** A role of ours is handed to S3 only, which copies objects with it. */
  private static final Map<String, Map<String, String>> TO_S3 =
      Map.of("StringEquals", Map.of("iam:PassedToService", "s3.amazonaws.com"));

  /** And to EC2, whose instances have it. */
  private static final Map<String, Map<String, String>> TO_EC2 =
      Map.of("StringEquals", Map.of("iam:PassedToService", "ec2.amazonaws.com"));

  /** A condition that holds for instances that are as a launch template says. */
  private static final Map<String, Map<String, String>> FROM_TEMPLATE =
      Map.of("ArnLike", Map.of("ec2:LaunchTemplate", TEMPLATES));

  /** And to RDS, which monitors databases with it. */
  private static final Map<String, Map<String, String>> TO_RDS =
      Map.of("StringEquals", Map.of("iam:PassedToService", "monitoring.rds.amazonaws.com"));

  /** And to VPC flow logs, which write records of traffic with it. */
  private static final Map<String, Map<String, String>> TO_FLOW_LOGS =
      Map.of("StringEquals", Map.of("iam:PassedToService", "vpc-flow-logs.amazonaws.com"));

  /** An action belongs to every scope that matches it. */
  static final List<Scope> ALL =
      List.of(
          new Scope(NETWORK, "ReadEc2", "ec2:Describe.*", List.of("*"), Map.of()),
          new Scope(
              NETWORK,
              "ReadCluster",
              "eks:DescribeCluster",
              List.of("arn:aws:eks:*:*:cluster/*"),
              Map.of()),
          new Scope(
              NETWORK,
              "CreateSecurityGroups",
              "ec2:CreateSecurityGroup",
              List.of(GROUPS, "arn:aws:ec2:*:*:vpc/*"),
              Map.of()),
          new Scope(NETWORK, "TagNewSecurityGroups", "ec2:CreateTags", List.of(GROUPS), TAGGING),
          new Scope(
              NETWORK,
              "CreateNetworks",
              "ec2:(Create(Vpc|Subnet|InternetGateway|NatGateway|RouteTable|VpcEndpoint|FlowLogs)"
                  + "|AllocateAddress|(Create|Accept)VpcPeeringConnection)",
              NETWORKS,
              Map.of()),
          new Scope(NETWORK, "TagNewNetworks", "ec2:CreateTags", NETWORKS, CREATING),
          // The cluster's own tables, which lead back to an app's network, bear no tag of ours.
          new Scope(
              NETWORK,
              "Routes",
              "ec2:(Create|Replace|Delete)Route",
              List.of("arn:aws:ec2:*:*:route-table/*"),
              Map.of()),
          new Scope(
              NETWORK,
              "Tagged",
              "ec2:(Authorize|Revoke|Delete(?!Route$|LaunchTemplate$)|Modify(?!LaunchTemplate$)|Attach|Detach|Release|Associate"
                  + "|Disassociate|ReplaceRouteTable)\\w+|ec2:CreateTags",
              Stream.concat(Stream.of(GROUPS), NETWORKS.stream()).toList(),
              TAGGED),
          new Scope(
              NETWORK,
              "CreateLaunchTemplates",
              "ec2:CreateLaunchTemplate",
              List.of(TEMPLATES),
              Map.of()),
          new Scope(
              NETWORK,
              "LaunchTemplates",
              "ec2:(CreateLaunchTemplateVersion|(Modify|Delete)LaunchTemplate|(Create|Delete)Tags)",
              List.of(TEMPLATES),
              TAGGED),
          new Scope(
              NETWORK, "TagNewLaunchTemplates", "ec2:CreateTags", List.of(TEMPLATES), CREATING),
          // Auto Scaling asks for these in the operator's name.
          new Scope(NETWORK, "Instances", "ec2:RunInstances", INSTANCES, FROM_TEMPLATE),
          new Scope(
              NETWORK,
              "TagNewInstances",
              "ec2:CreateTags",
              List.of("arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*"),
              CREATING),
          new Scope(ROLES, "ListRoles", "iam:ListRoles", List.of("*"), Map.of()),
          new Scope(
              ROLES,
              "Roles",
              "iam:(?!ListRoles|PassRole|\\w+InstanceProfile).*",
              List.of(ROLE_ARNS),
              Map.of()),
          new Scope(
              ROLES,
              "InstanceProfiles",
              "iam:\\w+InstanceProfile",
              List.of("arn:aws:iam::*:instance-profile/highlyavailableapp/ha-*"),
              Map.of()),
          new Scope(ROLES, "PassInstanceRoles", "iam:PassRole", INSTANCE_ROLES, TO_EC2),
          new Scope(ROLES, "PassRoles", "iam:PassRole", List.of(COPYING_ROLES), TO_S3),
          new Scope(
              ROLES, "PassMonitoringRoles", "iam:PassRole", List.of(MONITORING_ROLES), TO_RDS),
          new Scope(
              ROLES, "PassFlowLogRoles", "iam:PassRole", List.of(FLOW_LOG_ROLES), TO_FLOW_LOGS),
          new Scope(COMPUTE, "ReadAutoScaling", "autoscaling:Describe.*", List.of("*"), Map.of()),
          new Scope(
              COMPUTE,
              "AutoScaling",
              "autoscaling:(?!Describe).*",
              List.of("arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/ha-*"),
              Map.of()),
          new Scope(
              COMPUTE,
              "Images",
              "ssm:GetParameters",
              List.of(
                  "arn:aws:ssm:*::parameter/aws/service/ami-amazon-linux-latest/*",
                  "arn:aws:ssm:*::parameter/aws/service/eks/optimized-ami/*"),
              Map.of()),
          new Scope(
              COMPUTE,
              "NodeAccess",
              "eks:(?!DescribeCluster).*",
              List.of("arn:aws:eks:*:*:cluster/*", "arn:aws:eks:*:*:access-entry/*/role/*"),
              Map.of()),
          new Scope(COMPUTE, "ListSecrets", "secretsmanager:ListSecrets", List.of("*"), Map.of()),
          new Scope(
              COMPUTE,
              "Secrets",
              "secretsmanager:(?!ListSecrets).*",
              List.of("arn:aws:secretsmanager:*:*:secret:ha-*"),
              Map.of()),
          new Scope(
              INGRESS, "ReadBalancers", "elasticloadbalancing:Describe.*", List.of("*"), Map.of()),
          new Scope(
              INGRESS,
              "Balancers",
              "elasticloadbalancing:(?!Describe).*",
              List.of(
                  BALANCERS,
                  "arn:aws:elasticloadbalancing:*:*:listener/app/ha-*",
                  "arn:aws:elasticloadbalancing:*:*:targetgroup/ha-*"),
              Map.of()),
          new Scope(
              INGRESS,
              "WebAcls",
              "wafv2:.*",
              List.of("arn:aws:wafv2:*:*:regional/webacl/*", BALANCERS),
              Map.of()),
          new Scope(INGRESS, "ListCertificates", "acm:List.*", List.of("*"), Map.of()),
          new Scope(
              INGRESS,
              "ReadCertificates",
              "acm:Describe.*",
              List.of("arn:aws:acm:*:*:certificate/*"),
              Map.of()));

  /** Services make their own roles in an account that never had a resource of theirs. */
  static final List<Scope> SERVICE_LINKED_ROLES =
      List.of(
          Scope.serviceLinkedRole(COMPUTE, "FirstGroupInAnAccount", "autoscaling.amazonaws.com"),
          Scope.serviceLinkedRole(
              INGRESS, "FirstLoadBalancerInAnAccount", "elasticloadbalancing.amazonaws.com"));

  private PlaceScopes() {}
}
