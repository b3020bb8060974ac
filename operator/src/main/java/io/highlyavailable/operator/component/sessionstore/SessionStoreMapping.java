package io.highlyavailable.operator.component.sessionstore;

import io.highlyavailable.operator.component.sessionstore.SessionStore.Endpoints;
import io.highlyavailable.operator.component.sessionstore.SessionStore.Members;
import io.highlyavailable.operator.component.sessionstore.SessionStore.Security;
import io.highlyavailable.operator.component.sessionstore.SessionStore.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.model.AutomaticFailoverStatus;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.MultiAZStatus;
import software.amazon.awssdk.services.elasticache.model.NodeGroup;
import software.amazon.awssdk.services.elasticache.model.PendingAutomaticFailoverStatus;
import software.amazon.awssdk.services.elasticache.model.PendingModifiedValues;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.SecurityGroupMembership;
import software.amazon.awssdk.services.elasticache.model.Tag;

/** Rows from what ElastiCache answers; changes that wait for the window count as done. */
final class SessionStoreMapping {
  private SessionStoreMapping() {}

  /**
   * @param member the first of its nodes, or null while none is shown
   */
  static SessionStore row(
      ReplicationGroup group, @Nullable CacheCluster member, Map<String, String> tags) {
    return new SessionStore(
        group.replicationGroupId(),
        group.arn(),
        group.status(),
        text(group.replicationGroupCreateTime()),
        Objects.requireNonNullElse(group.engine(), "redis"),
        settings(group, member),
        group.memberClusters().stream().sorted().toList(),
        member == null ? null : members(member),
        endpoints(group),
        new Security(
            yes(group.atRestEncryptionEnabled()),
            yes(group.transitEncryptionEnabled()),
            yes(group.authTokenEnabled()),
            text(group.authTokenLastModifiedDate())),
        tags);
  }

  private static Settings settings(ReplicationGroup group, @Nullable CacheCluster member) {
    String pending = member == null ? null : pending(member).cacheNodeType();
    return new Settings(
        Objects.requireNonNullElse(pending, group.cacheNodeType()),
        group.memberClusters().size(),
        failsOver(group),
        group.multiAZ() == MultiAZStatus.ENABLED,
        number(group.snapshotRetentionLimit()),
        yes(group.autoMinorVersionUpgrade()));
  }

  private static boolean failsOver(ReplicationGroup group) {
    var pending =
        group.pendingModifiedValues() == null
            ? null
            : group.pendingModifiedValues().automaticFailoverStatus();
    if (pending != null) {
      return pending == PendingAutomaticFailoverStatus.ENABLED;
    }
    return group.automaticFailover() == AutomaticFailoverStatus.ENABLED
        || group.automaticFailover() == AutomaticFailoverStatus.ENABLING;
  }

  private static @Nullable Endpoints endpoints(ReplicationGroup group) {
    return group.nodeGroups().stream()
        .filter(nodes -> nodes.primaryEndpoint() != null)
        .findFirst()
        .map(SessionStoreMapping::endpoints)
        .orElse(null);
  }

  private static Endpoints endpoints(NodeGroup nodes) {
    return new Endpoints(
        nodes.primaryEndpoint().address(),
        nodes.readerEndpoint() == null ? null : nodes.readerEndpoint().address(),
        nodes.primaryEndpoint().port());
  }

  /** A cluster of Memcached. */
  static SessionStore row(CacheCluster cluster, Map<String, String> tags) {
    PendingModifiedValues pending = pending(cluster);
    var endpoint = cluster.configurationEndpoint();
    return new SessionStore(
        cluster.cacheClusterId(),
        cluster.arn(),
        cluster.cacheClusterStatus(),
        text(cluster.cacheClusterCreateTime()),
        cluster.engine(),
        new Settings(
            Objects.requireNonNullElse(pending.cacheNodeType(), cluster.cacheNodeType()),
            Objects.requireNonNullElse(pending.numCacheNodes(), number(cluster.numCacheNodes())),
            false,
            false,
            number(cluster.snapshotRetentionLimit()),
            yes(cluster.autoMinorVersionUpgrade())),
        cluster.cacheNodes().stream().map(CacheNode::cacheNodeId).sorted().toList(),
        members(cluster),
        endpoint == null ? null : new Endpoints(endpoint.address(), null, endpoint.port()),
        new Security(
            yes(cluster.atRestEncryptionEnabled()),
            yes(cluster.transitEncryptionEnabled()),
            false,
            ""),
        tags);
  }

  private static Members members(CacheCluster member) {
    PendingModifiedValues pending = pending(member);
    String version = pending.engineVersion();
    return new Members(
        version == null ? Objects.requireNonNullElse(member.engineVersion(), "") : version,
        Objects.requireNonNullElse(member.preferredMaintenanceWindow(), ""),
        Objects.requireNonNullElse(member.cacheSubnetGroupName(), ""),
        member.securityGroups().stream()
            .map(SecurityGroupMembership::securityGroupId)
            .collect(Collectors.toCollection(TreeSet::new)),
        version != null || pending.cacheNodeType() != null);
  }

  /** The settings with those that a change was asked for as they will be. */
  static Settings changed(Settings have, Settings want, Set<String> fields) {
    return new Settings(
        fields.contains(SessionStoreDifferences.NODE_TYPE) ? want.nodeType() : have.nodeType(),
        fields.contains(SessionStoreDifferences.NODES) ? want.nodes() : have.nodes(),
        fields.contains(SessionStoreDifferences.FAILOVER)
            ? want.automaticFailover()
            : have.automaticFailover(),
        fields.contains(SessionStoreDifferences.MULTI_AZ) ? want.multiAz() : have.multiAz(),
        fields.contains(SessionStoreDifferences.SNAPSHOTS)
            ? want.snapshotRetentionDays()
            : have.snapshotRetentionDays(),
        fields.contains(SessionStoreDifferences.MINOR_UPGRADE)
            ? want.autoMinorVersionUpgrade()
            : have.autoMinorVersionUpgrade());
  }

  /** What nodes show, with what a change was asked for as it will be. */
  static Members changed(Members have, SessionStoreDesired want, Set<String> fields) {
    String version = want.version();
    boolean upgrade = fields.contains(SessionStoreDifferences.VERSION) && version != null;
    return new Members(
        upgrade ? version : have.version(),
        fields.contains(SessionStoreDifferences.MAINTENANCE)
            ? want.maintenanceWindow()
            : have.maintenanceWindow(),
        have.subnetGroup(),
        fields.contains(SessionStoreDifferences.SECURITY_GROUPS)
            ? want.securityGroupIds()
            : have.securityGroupIds(),
        have.changesQueued());
  }

  private static PendingModifiedValues pending(CacheCluster member) {
    return member.pendingModifiedValues() == null
        ? PendingModifiedValues.builder().build()
        : member.pendingModifiedValues();
  }

  static List<Tag> tags(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }

  private static boolean yes(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }

  private static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }

  private static String text(@Nullable Instant time) {
    return time == null ? "" : String.valueOf(time.getEpochSecond());
  }
}
