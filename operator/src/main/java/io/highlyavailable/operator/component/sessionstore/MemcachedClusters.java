package io.highlyavailable.operator.component.sessionstore;

import io.highlyavailable.operator.component.Difference;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.AZMode;
import software.amazon.awssdk.services.elasticache.model.CacheNode;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheClusterRequest;

/** Writes clusters of Memcached. */
final class MemcachedClusters {
  private final ElastiCacheClient client;

  MemcachedClusters(ElastiCacheClient client) {
    this.client = client;
  }

  SessionStore create(SessionStoreDesired desired, Map<String, String> tags) {
    SessionStore.Settings want = desired.settings();
    var answer =
        client.createCacheCluster(
            request ->
                request
                    .cacheClusterId(desired.name())
                    .engine(desired.engine())
                    .engineVersion(desired.version())
                    .preferredMaintenanceWindow(desired.maintenanceWindow())
                    .cacheNodeType(want.nodeType())
                    .numCacheNodes(want.nodes())
                    .azMode(want.nodes() > 1 ? AZMode.CROSS_AZ : AZMode.SINGLE_AZ)
                    .autoMinorVersionUpgrade(want.autoMinorVersionUpgrade())
                    .cacheSubnetGroupName(desired.subnetGroup())
                    .securityGroupIds(desired.securityGroupIds())
                    .transitEncryptionEnabled(true)
                    .tags(SessionStoreMapping.tags(tags)));
    return SessionStoreMapping.row(answer.cacheCluster(), tags);
  }

  /** What changes in place goes first; a new version comes only when it may go at once. */
  SessionStore update(SessionStore actual, SessionStoreDesired desired, List<Difference> changes) {
    List<String> inPlace =
        changes.stream()
            .filter(change -> change.impact() == Difference.Impact.IN_PLACE)
            .map(Difference::field)
            .toList();
    ModifyCacheClusterRequest.Builder request =
        ModifyCacheClusterRequest.builder()
            .cacheClusterId(actual.name())
            .applyImmediately(inPlace.isEmpty() || !actual.changesQueued());
    if (inPlace.isEmpty()) {
      request.engineVersion(desired.version());
    }
    inPlace.forEach(field -> set(request, field, actual, desired));
    return SessionStoreMapping.row(
        client.modifyCacheCluster(request.build()).cacheCluster(), actual.tags());
  }

  private void set(
      ModifyCacheClusterRequest.Builder request,
      String field,
      SessionStore actual,
      SessionStoreDesired desired) {
    switch (field) {
      case SessionStoreDifferences.NODES -> scale(request, actual.name(), desired.settings());
      case SessionStoreDifferences.MAINTENANCE ->
          request.preferredMaintenanceWindow(desired.maintenanceWindow());
      case SessionStoreDifferences.MINOR_UPGRADE ->
          request.autoMinorVersionUpgrade(desired.settings().autoMinorVersionUpgrade());
      case SessionStoreDifferences.SECURITY_GROUPS ->
          request.securityGroupIds(desired.securityGroupIds());
      default -> throw new IllegalArgumentException("cannot be changed: " + field);
    }
  }

  /** Nodes to remove must be named: the newest go. New nodes go where there are fewest. */
  private void scale(
      ModifyCacheClusterRequest.Builder request, String name, SessionStore.Settings want) {
    List<String> nodes = nodes(name);
    request.applyImmediately(true).numCacheNodes(want.nodes());
    if (nodes.size() > want.nodes()) {
      request.cacheNodeIdsToRemove(nodes.subList(want.nodes(), nodes.size()));
    } else {
      request.azMode(AZMode.CROSS_AZ);
    }
  }

  private List<String> nodes(String name) {
    return client
        .describeCacheClusters(request -> request.cacheClusterId(name).showCacheNodeInfo(true))
        .cacheClusters()
        .stream()
        .flatMap(cluster -> cluster.cacheNodes().stream())
        .map(CacheNode::cacheNodeId)
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  SessionStore delete(SessionStore actual) {
    return SessionStoreMapping.row(
        client.deleteCacheCluster(request -> request.cacheClusterId(actual.name())).cacheCluster(),
        actual.tags());
  }
}
