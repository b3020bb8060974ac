package io.highlyavailable.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.operator.model.AppIdentity;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.testbed.aws.AwsEmulator;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.DashboardEntry;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** What exists in AWS under the names of one app, as an administrator sees it. */
final class AppInAws {
  private final Aws aws;
  private final String resource;
  private final String bucket;

  AppInAws(Rig rig, String namespace, String name) {
    this.aws = rig.aws();
    AppIdentity identity = identity(rig.client(), namespace, name);
    this.resource = Names.resource(identity);
    this.bucket = Names.bucket(identity, AwsEmulator.ACCOUNT);
  }

  /** Names depend on cluster id, namespace and name only. */
  private static AppIdentity identity(KubernetesClient client, String namespace, String name) {
    return new AppIdentity(Rig.CLUSTER_ID, "", namespace, "", name, "");
  }

  /** The name that its resources share. */
  String resource() {
    return resource;
  }

  String bucket() {
    return bucket;
  }

  Optional<DBInstance> database() {
    try {
      return aws
          .rds()
          .describeDBInstances(r -> r.dbInstanceIdentifier(resource))
          .dbInstances()
          .stream()
          .findFirst();
    } catch (DbInstanceNotFoundException e) {
      return Optional.empty();
    }
  }

  Optional<ReplicationGroup> replicationGroup() {
    return aws.elastiCache().describeReplicationGroups().replicationGroups().stream()
        .filter(group -> group.replicationGroupId().equals(resource))
        .findFirst();
  }

  Optional<CacheCluster> cacheCluster() {
    return aws.elastiCache().describeCacheClusters().cacheClusters().stream()
        .filter(cluster -> cluster.cacheClusterId().equals(resource))
        .findFirst();
  }

  /** Final snapshots of a session store of this name, and those taken by hand. */
  List<String> cacheSnapshots() {
    return aws
        .elastiCache()
        .describeSnapshots(r -> r.replicationGroupId(resource))
        .snapshots()
        .stream()
        .map(snapshot -> snapshot.snapshotName())
        .toList();
  }

  static Map<String, String> tags(DBInstance database) {
    return database.tagList().stream().collect(Collectors.toMap(t -> t.key(), t -> t.value()));
  }

  Optional<DBSubnetGroup> subnetGroup() {
    try {
      return aws
          .rds()
          .describeDBSubnetGroups(r -> r.dbSubnetGroupName(resource))
          .dbSubnetGroups()
          .stream()
          .findFirst();
    } catch (DbSubnetGroupNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Snapshots taken of a database of this name, but for those that RDS takes by itself. */
  List<DBSnapshot> snapshots() {
    return aws.rds()
        .describeDBSnapshots(r -> r.dbInstanceIdentifier(resource).snapshotType("manual"))
        .dbSnapshots();
  }

  List<SecurityGroup> securityGroups() {
    Filter byName = Filter.builder().name("group-name").values(resource).build();
    return aws.ec2().describeSecurityGroups(r -> r.filters(byName)).securityGroups();
  }

  boolean bucketExists() {
    return aws.s3().listBuckets().buckets().stream().anyMatch(b -> b.name().equals(bucket));
  }

  Map<String, String> bucketTags() {
    try {
      return aws.s3().getBucketTagging(r -> r.bucket(bucket)).tagSet().stream()
          .collect(Collectors.toMap(Tag::key, Tag::value));
    } catch (S3Exception e) {
      return Map.of();
    }
  }

  Optional<Role> role() {
    try {
      return Optional.of(aws.iam().getRole(r -> r.roleName(resource)).role());
    } catch (NoSuchEntityException e) {
      return Optional.empty();
    }
  }

  /** The role's inline policies, one after the other, as JSON. */
  String rolePolicies() {
    return aws.iam().listRolePolicies(r -> r.roleName(resource)).policyNames().stream()
        .map(
            policy ->
                aws.iam()
                    .getRolePolicy(r -> r.roleName(resource).policyName(policy))
                    .policyDocument())
        .map(document -> URLDecoder.decode(document, StandardCharsets.UTF_8))
        .collect(Collectors.joining("\n"));
  }

  /** Its alarms by the part of their names that follows the app's. */
  Map<String, MetricAlarm> alarms() {
    return aws
        .cloudWatch()
        .describeAlarms(r -> r.alarmNamePrefix(resource + "-"))
        .metricAlarms()
        .stream()
        .collect(Collectors.toMap(a -> a.alarmName().substring(resource.length() + 1), a -> a));
  }

  /** The ARN of its dashboard. */
  Optional<String> dashboard() {
    return aws
        .cloudWatch()
        .listDashboards(r -> r.dashboardNamePrefix(resource))
        .dashboardEntries()
        .stream()
        .map(DashboardEntry::dashboardArn)
        .findFirst();
  }

  Map<String, String> tags(MetricAlarm alarm) {
    return tags(alarm.alarmArn());
  }

  /** The tags of something of CloudWatch's. */
  Map<String, String> tags(String arn) {
    return aws.cloudWatch().listTagsForResource(r -> r.resourceARN(arn)).tags().stream()
        .collect(Collectors.toMap(t -> t.key(), t -> t.value()));
  }
}
