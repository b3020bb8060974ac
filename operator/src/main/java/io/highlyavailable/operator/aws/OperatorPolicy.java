package io.highlyavailable.operator.aws;

import static io.highlyavailable.operator.aws.OperatorPolicy.Policy.COMPUTE;
import static io.highlyavailable.operator.aws.OperatorPolicy.Policy.DATABASE;
import static io.highlyavailable.operator.aws.OperatorPolicy.Policy.INGRESS;
import static io.highlyavailable.operator.aws.OperatorPolicy.Policy.MONITORING;
import static io.highlyavailable.operator.aws.OperatorPolicy.Policy.NETWORK;
import static io.highlyavailable.operator.aws.OperatorPolicy.Policy.ROLES;
import static io.highlyavailable.operator.aws.OperatorPolicy.Policy.SESSION_STORE;
import static io.highlyavailable.operator.aws.OperatorPolicy.Policy.STORAGE;

import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.component.alarms.RecoveryPointAge;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The IAM policies that the operator itself needs: exactly the actions that its adapters call, on
 * nothing but what bears our names or tags, wherever IAM can tell. For the partition {@code aws}
 * and the default role path; elsewhere the ARNs are to be adapted.
 *
 * <p>They are several because IAM takes no managed policy of more than 6,144 characters; a role
 * takes ten of them. What a service needs is in one.
 */
public final class OperatorPolicy {
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

  /** A condition that holds for what an administrator has released to a namespace. */
  private static final Map<String, Map<String, String>> RELEASED =
      Map.of("Null", Map.of("aws:ResourceTag/" + OwnershipTags.ALLOWED_NAMESPACE, "false"));

  /** A condition that holds for what is tagged as ours by the request itself. */
  private static final Map<String, Map<String, String>> TAGGING =
      Map.of("StringEquals", Map.of("ec2:CreateAction", "CreateSecurityGroup"));

  /** RDS uses the key of the recovery region in the operator's name. */
  private static final Map<String, Map<String, String>> VIA_RDS =
      Map.of("StringLike", Map.of("kms:ViaService", "rds.*.amazonaws.com"));

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

  /** Metrics have no ARN. */
  private static final Map<String, Map<String, String>> OWN_METRICS =
      Map.of("StringEquals", Map.of("cloudwatch:namespace", RecoveryPointAge.NAMESPACE));

  /** An action belongs to every scope that matches it; one that none matches cannot be granted. */
  private static final List<Scope> SCOPES =
      List.of(
          new Scope(DATABASE, "ReadRds", "rds:(Describe|List).*", List.of("*"), Map.of()),
          new Scope(
              DATABASE,
              "Rds",
              "rds:(?!Describe|List).*",
              List.of(
                  "arn:aws:rds:*:*:db:ha-*",
                  "arn:aws:rds:*:*:snapshot:ha-*",
                  "arn:aws:rds:*:*:subgrp:ha-*",
                  "arn:aws:rds:*:*:pg:ha-*",
                  "arn:aws:rds:*:*:auto-backup:*",
                  // An instance is created with RDS's default groups of its engine.
                  "arn:aws:rds:*:*:og:default:*",
                  "arn:aws:rds:*:*:pg:default.*"),
              Map.of()),
          // What an administrator has released may be adopted and restored from, and is never
          // deleted.
          new Scope(
              DATABASE,
              "AdoptedInstances",
              "rds:(ModifyDBInstance|RestoreDBInstanceToPointInTime|(AddTagsTo|RemoveTagsFrom)Resource)",
              List.of("arn:aws:rds:*:*:db:*"),
              RELEASED),
          new Scope(
              SESSION_STORE,
              "ReadElastiCache",
              "elasticache:(Describe|List).*",
              List.of("*"),
              Map.of()),
          new Scope(
              SESSION_STORE,
              "ElastiCache",
              "elasticache:(?!Describe|List).*",
              List.of(
                  "arn:aws:elasticache:*:*:replicationgroup:ha-*",
                  "arn:aws:elasticache:*:*:cluster:ha-*",
                  "arn:aws:elasticache:*:*:subnetgroup:ha-*",
                  "arn:aws:elasticache:*:*:snapshot:ha-*",
                  // A store is created with ElastiCache's default parameters of its engine.
                  "arn:aws:elasticache:*:*:parametergroup:default.*"),
              Map.of()),
          new Scope(
              DATABASE,
              "RecoveryKeys",
              "kms:(CreateGrant|DescribeKey)",
              List.of("arn:aws:kms:*:*:key/*"),
              VIA_RDS),
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
          new Scope(STORAGE, "ListBuckets", "s3:ListAllMyBuckets", List.of("*"), Map.of()),
          new Scope(
              STORAGE, "Objects", "s3:DeleteObject.*", List.of("arn:aws:s3:::ha-*/*"), Map.of()),
          new Scope(
              STORAGE,
              "Buckets",
              "s3:(?!ListAllMyBuckets|DeleteObject).*",
              List.of("arn:aws:s3:::ha-*"),
              Map.of()),
          // IAM has no resource for listing tables and backups.
          new Scope(STORAGE, "ListTables", "dynamodb:List(Tables|Backups)", List.of("*"), Map.of()),
          new Scope(
              STORAGE,
              "Tables",
              "dynamodb:(?!ListTables|ListBackups).*",
              List.of("arn:aws:dynamodb:*:*:table/ha-*"),
              Map.of()),
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
          new Scope(MONITORING, "ReadAlarms", "cloudwatch:Describe.*", List.of("*"), Map.of()),
          new Scope(
              MONITORING,
              "Alarms",
              "cloudwatch:(?!Describe|PutMetricData).*",
              List.of("arn:aws:cloudwatch:*:*:alarm:ha-*"),
              Map.of()),
          new Scope(MONITORING, "Publish", "cloudwatch:PutMetricData", List.of("*"), OWN_METRICS),
          new Scope(MONITORING, "ReadLogGroups", "logs:Describe.*", List.of("*"), Map.of()),
          new Scope(
              MONITORING,
              "LogGroups",
              "logs:(?!Describe).*",
              List.of("arn:aws:logs:*:*:log-group:/highlyavailableapp/ha-*"),
              Map.of()),
          new Scope(MONITORING, "ReadTags", "tag:Get.*", List.of("*"), Map.of()),
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
  private static final List<Scope> SERVICE_LINKED_ROLES =
      List.of(
          serviceLinkedRole(DATABASE, "FirstInstanceInAnAccount", "rds.amazonaws.com"),
          serviceLinkedRole(
              DATABASE, "FirstReplicaInAnAccount", "replication.dynamodb.amazonaws.com"),
          serviceLinkedRole(COMPUTE, "FirstGroupInAnAccount", "autoscaling.amazonaws.com"),
          serviceLinkedRole(SESSION_STORE, "FirstCacheInAnAccount", "elasticache.amazonaws.com"),
          serviceLinkedRole(
              INGRESS, "FirstLoadBalancerInAnAccount", "elasticloadbalancing.amazonaws.com"));

  private OperatorPolicy() {}

  /** A managed policy: the services that one part of an app is made of. */
  enum Policy {
    /** EC2's instances, their Auto Scaling groups and their secrets. */
    COMPUTE,
    /** RDS and the keys of its copies. */
    DATABASE,
    /** Elastic Load Balancing, and what it shows and is guarded by. */
    INGRESS,
    /** CloudWatch and its logs, and the tags of load balancers. */
    MONITORING,
    /** EC2. */
    NETWORK,
    /** IAM. */
    ROLES,
    /** ElastiCache. */
    SESSION_STORE,
    /** DynamoDB and S3. */
    STORAGE;

    /** The name of its file, such as {@code session-store.json}. */
    String file() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
    }
  }

  /**
   * Where an action is allowed.
   *
   * @param policy the managed policy that has the statement
   * @param sid the statement's name
   * @param actions regular expression of the actions it is for
   * @param resources what they are allowed on
   * @param conditions when they are allowed
   */
  private record Scope(
      Policy policy,
      String sid,
      String actions,
      List<String> resources,
      Map<String, Map<String, String>> conditions) {
    List<String> of(Collection<String> all) {
      return all.stream().filter(action -> action.matches(actions)).toList();
    }

    Statement statement(List<String> granted) {
      return new Statement(sid, "Allow", Map.of(), granted, resources, conditions);
    }
  }

  /**
   * The policies for these components, by the name of the file of each.
   *
   * @throws IllegalArgumentException when a component declares an action that no scope is for
   */
  public static SortedMap<String, PolicyDocument> of(List<Module<?, ?, AwsClients>> modules) {
    SortedSet<String> actions =
        modules.stream()
            .flatMap(module -> module.component().iamActions().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    SortedSet<String> homeless = new TreeSet<>(actions);
    Map<Policy, List<Statement>> statements = new EnumMap<>(Policy.class);
    for (Scope scope : SCOPES) {
      List<String> granted = scope.of(actions);
      granted.forEach(homeless::remove);
      if (!granted.isEmpty()) {
        add(statements, scope, granted);
      }
    }
    if (!homeless.isEmpty()) {
      throw new IllegalArgumentException("no scope is for " + homeless);
    }
    SERVICE_LINKED_ROLES.forEach(scope -> add(statements, scope, List.of(scope.actions())));
    SortedMap<String, PolicyDocument> documents = new TreeMap<>();
    statements.forEach((policy, its) -> documents.put(policy.file(), new PolicyDocument(its)));
    return documents;
  }

  private static void add(
      Map<Policy, List<Statement>> statements, Scope scope, List<String> granted) {
    statements
        .computeIfAbsent(scope.policy(), policy -> new ArrayList<>())
        .add(scope.statement(granted));
  }

  private static Scope serviceLinkedRole(Policy policy, String sid, String service) {
    return new Scope(
        policy,
        sid,
        "iam:CreateServiceLinkedRole",
        List.of("arn:aws:iam::*:role/aws-service-role/" + service + "/*"),
        Map.of("StringEquals", Map.of("iam:AWSServiceName", service)));
  }
}
