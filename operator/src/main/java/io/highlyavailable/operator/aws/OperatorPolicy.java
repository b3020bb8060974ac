package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.PolicyDocument;
import io.highlyavailable.operator.component.PolicyDocument.Statement;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The IAM policy that the operator itself needs: exactly the actions that its adapters call, on
 * nothing but what bears our names or tags, wherever IAM can tell. For the partition {@code aws}
 * and the default role path; elsewhere the ARNs are to be adapted.
 */
public final class OperatorPolicy {
  private static final String ROLES = "arn:aws:iam::*:role/highlyavailableapp/ha-*";
  private static final String GROUPS = "arn:aws:ec2:*:*:security-group/*";

  /** A condition that holds for what carries our tag already. */
  private static final Map<String, Map<String, String>> TAGGED =
      Map.of("Null", Map.of("aws:ResourceTag/" + OwnershipTags.CLUSTER_ID, "false"));

  /** A condition that holds for what is tagged as ours by the request itself. */
  private static final Map<String, Map<String, String>> TAGGING =
      Map.of("StringEquals", Map.of("ec2:CreateAction", "CreateSecurityGroup"));

  /** RDS uses the key of the recovery region in the operator's name. */
  private static final Map<String, Map<String, String>> VIA_RDS =
      Map.of("StringLike", Map.of("kms:ViaService", "rds.*.amazonaws.com"));

  /** A role of ours is handed to S3 only, which copies objects with it. */
  private static final Map<String, Map<String, String>> TO_S3 =
      Map.of("StringEquals", Map.of("iam:PassedToService", "s3.amazonaws.com"));

  /** An action belongs to every scope that matches it; one that none matches cannot be granted. */
  private static final List<Scope> SCOPES =
      List.of(
          new Scope("ReadRds", "rds:(Describe|List).*", List.of("*"), Map.of()),
          new Scope(
              "Rds",
              "rds:(?!Describe|List).*",
              List.of(
                  "arn:aws:rds:*:*:db:ha-*",
                  "arn:aws:rds:*:*:snapshot:ha-*",
                  "arn:aws:rds:*:*:subgrp:ha-*",
                  "arn:aws:rds:*:*:auto-backup:*",
                  // An instance is created with RDS's default groups of its engine.
                  "arn:aws:rds:*:*:og:default:*",
                  "arn:aws:rds:*:*:pg:default.*"),
              Map.of()),
          new Scope("ReadElastiCache", "elasticache:(Describe|List).*", List.of("*"), Map.of()),
          new Scope(
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
              "RecoveryKeys",
              "kms:(CreateGrant|DescribeKey)",
              List.of("arn:aws:kms:*:*:key/*"),
              VIA_RDS),
          new Scope("ReadEc2", "ec2:Describe.*", List.of("*"), Map.of()),
          new Scope(
              "CreateSecurityGroups",
              "ec2:CreateSecurityGroup",
              List.of(GROUPS, "arn:aws:ec2:*:*:vpc/*"),
              Map.of()),
          new Scope("TagNewSecurityGroups", "ec2:CreateTags", List.of(GROUPS), TAGGING),
          new Scope(
              "SecurityGroups",
              "ec2:(Authorize|Revoke|Delete)\\w+|ec2:CreateTags",
              List.of(GROUPS),
              TAGGED),
          new Scope("ListRoles", "iam:ListRoles", List.of("*"), Map.of()),
          new Scope("Roles", "iam:(?!ListRoles|PassRole).*", List.of(ROLES), Map.of()),
          new Scope("PassRoles", "iam:PassRole", List.of(ROLES), TO_S3),
          new Scope("ListBuckets", "s3:ListAllMyBuckets", List.of("*"), Map.of()),
          new Scope("Objects", "s3:DeleteObject.*", List.of("arn:aws:s3:::ha-*/*"), Map.of()),
          new Scope(
              "Buckets",
              "s3:(?!ListAllMyBuckets|DeleteObject).*",
              List.of("arn:aws:s3:::ha-*"),
              Map.of()),
          // IAM has no resource for listing tables and backups.
          new Scope("ListTables", "dynamodb:List(Tables|Backups)", List.of("*"), Map.of()),
          new Scope(
              "Tables",
              "dynamodb:(?!ListTables|ListBackups).*",
              List.of("arn:aws:dynamodb:*:*:table/ha-*"),
              Map.of()),
          new Scope("ReadAlarms", "cloudwatch:Describe.*", List.of("*"), Map.of()),
          new Scope(
              "Alarms",
              "cloudwatch:(?!Describe).*",
              List.of("arn:aws:cloudwatch:*:*:alarm:ha-*"),
              Map.of()),
          new Scope("ReadTags", "tag:Get.*", List.of("*"), Map.of()));

  /** Services make their own roles in an account that never had a resource of theirs. */
  private static final List<Statement> SERVICE_LINKED_ROLES =
      List.of(
          serviceLinkedRole("FirstInstanceInAnAccount", "rds.amazonaws.com"),
          serviceLinkedRole("FirstCacheInAnAccount", "elasticache.amazonaws.com"));

  private OperatorPolicy() {}

  /**
   * Where an action is allowed.
   *
   * @param sid the statement's name
   * @param actions regular expression of the actions it is for
   * @param resources what they are allowed on
   * @param conditions when they are allowed
   */
  private record Scope(
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
   * The policy for these components.
   *
   * @throws IllegalArgumentException when a component declares an action that no scope is for
   */
  public static PolicyDocument of(List<Module<?, ?, AwsClients>> modules) {
    SortedSet<String> actions =
        modules.stream()
            .flatMap(module -> module.component().iamActions().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    SortedSet<String> homeless = new TreeSet<>(actions);
    List<Statement> statements = new ArrayList<>();
    for (Scope scope : SCOPES) {
      List<String> granted = scope.of(actions);
      granted.forEach(homeless::remove);
      if (!granted.isEmpty()) {
        statements.add(scope.statement(granted));
      }
    }
    if (!homeless.isEmpty()) {
      throw new IllegalArgumentException("no scope is for " + homeless);
    }
    statements.addAll(SERVICE_LINKED_ROLES);
    return new PolicyDocument(statements);
  }

  private static Statement serviceLinkedRole(String sid, String service) {
    return new Statement(
        sid,
        "Allow",
        Map.of(),
        List.of("iam:CreateServiceLinkedRole"),
        List.of("arn:aws:iam::*:role/aws-service-role/" + service + "/*"),
        Map.of("StringEquals", Map.of("iam:AWSServiceName", service)));
  }
}
