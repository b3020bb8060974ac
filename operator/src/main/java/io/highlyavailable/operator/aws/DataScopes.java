package io.highlyavailable.operator.aws;

import static io.highlyavailable.operator.aws.Scope.Policy.DATABASE;
import static io.highlyavailable.operator.aws.Scope.Policy.MONITORING;
import static io.highlyavailable.operator.aws.Scope.Policy.SESSION_STORE;
import static io.highlyavailable.operator.aws.Scope.Policy.STORAGE;

import io.highlyavailable.operator.component.alarms.RecoveryPointAge;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;
import java.util.Map;

/** Where the operator may act: databases, session stores, tables, buckets and monitoring. */
final class DataScopes {
  /** A condition that holds for what an administrator has released to a namespace. */
  private static final Map<String, Map<String, String>> RELEASED =
      Map.of("Null", Map.of("aws:ResourceTag/" + OwnershipTags.ALLOWED_NAMESPACE, "false"));

  /** RDS uses the key of the recovery region in the operator's name. */
  private static final Map<String, Map<String, String>> VIA_RDS =
      Map.of("StringLike", Map.of("kms:ViaService", "rds.*.amazonaws.com"));

  /** Metrics have no ARN. */
  private static final Map<String, Map<String, String>> OWN_METRICS =
      Map.of("StringEquals", Map.of("cloudwatch:namespace", RecoveryPointAge.NAMESPACE));

  /**
   * CloudWatch takes composite alarms only from whoever may put any ("scoped to *" in its API
   * reference), but a tag can be asked for.
   */
  private static final Map<String, Map<String, String>> BEARING_OUR_TAGS =
      Map.of("Null", Map.of("aws:RequestTag/" + OwnershipTags.CLUSTER_ID, "false"));

  /** An action belongs to every scope that matches it. */
  static final List<Scope> ALL =
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
          new Scope(MONITORING, "ReadAlarms", "cloudwatch:Describe.*", List.of("*"), Map.of()),
          // IAM has no resource for listing dashboards.
          new Scope(
              MONITORING, "ListDashboards", "cloudwatch:ListDashboards", List.of("*"), Map.of()),
          new Scope(
              MONITORING,
              "Dashboards",
              "cloudwatch:((Get|Put|Delete)Dashboards?|(Tag|Untag|ListTagsFor)Resource)",
              List.of("arn:aws:cloudwatch::*:dashboard/ha-*"),
              Map.of()),
          new Scope(MONITORING, "ReadMetrics", "cloudwatch:GetMetricData", List.of("*"), Map.of()),
          new Scope(
              MONITORING,
              "Alarms",
              "cloudwatch:(?!Describe|PutMetricData|GetMetricData|PutCompositeAlarm|.*Dashboard).*",
              List.of("arn:aws:cloudwatch:*:*:alarm:ha-*"),
              Map.of()),
          new Scope(
              MONITORING,
              "CompositeAlarms",
              "cloudwatch:PutCompositeAlarm",
              List.of("*"),
              BEARING_OUR_TAGS),
          new Scope(MONITORING, "Publish", "cloudwatch:PutMetricData", List.of("*"), OWN_METRICS),
          // IAM has no resource for listing topics, nor for a subscription.
          new Scope(MONITORING, "ListTopics", "sns:ListTopics", List.of("*"), Map.of()),
          new Scope(MONITORING, "EndSubscriptions", "sns:Unsubscribe", List.of("*"), Map.of()),
          new Scope(
              MONITORING,
              "Topics",
              "sns:(?!ListTopics|Unsubscribe).*",
              List.of("arn:aws:sns:*:*:ha-*"),
              Map.of()),
          new Scope(MONITORING, "ReadLogGroups", "logs:Describe.*", List.of("*"), Map.of()),
          new Scope(
              MONITORING,
              "LogGroups",
              "logs:(?!Describe).*",
              List.of("arn:aws:logs:*:*:log-group:/highlyavailableapp/ha-*"),
              Map.of()),
          new Scope(MONITORING, "ReadTags", "tag:Get.*", List.of("*"), Map.of()));

  /** Services make their own roles in an account that never had a resource of theirs. */
  static final List<Scope> SERVICE_LINKED_ROLES =
      List.of(
          Scope.serviceLinkedRole(DATABASE, "FirstInstanceInAnAccount", "rds.amazonaws.com"),
          Scope.serviceLinkedRole(
              DATABASE, "FirstReplicaInAnAccount", "replication.dynamodb.amazonaws.com"),
          Scope.serviceLinkedRole(
              SESSION_STORE, "FirstCacheInAnAccount", "elasticache.amazonaws.com"));

  private DataScopes() {}
}
