package io.highlyavailable.operator.component.sessionstore;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.model.SessionStoreSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheClusterNotFoundException;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroupNotFoundException;
import software.amazon.awssdk.services.elasticache.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * Session stores at ElastiCache. Groups show only part of their settings and nodes the rest, and
 * neither shows tags: the two listings and the tagging API's are joined, three calls for a hundred
 * nodes. Stores that the tagging API does not know yet are listed by name, and read one by one.
 */
public final class SessionStoreAdapter implements Adapter<SessionStoreDesired, SessionStore> {
  /** The largest page of all three listings. */
  private static final int PAGE = 100;

  private final AwsClients clients;
  private final ReplicationGroups groups;
  private final MemcachedClusters memcached;

  SessionStoreAdapter(AwsClients clients) {
    this.clients = clients;
    this.groups = new ReplicationGroups(clients.elastiCache());
    this.memcached = new MemcachedClusters(clients.elastiCache());
  }

  @Override
  public String service() {
    return "elasticache";
  }

  @Override
  public Listing<SessionStore> list() {
    Map<String, CacheCluster> clusters = clusters();
    List<SessionStore> untagged = new ArrayList<>();
    for (ReplicationGroup group : groups()) {
      untagged.add(SessionStoreMapping.row(group, firstMember(group, clusters), Map.of()));
    }
    clusters.values().stream()
        .filter(SessionStoreAdapter::isStore)
        .forEach(cluster -> untagged.add(SessionStoreMapping.row(cluster, Map.of())));
    return untagged.isEmpty() ? Listing.of(List.of()) : tagged(untagged, tagsByArn());
  }

  private List<ReplicationGroup> groups() {
    var request = DescribeReplicationGroupsRequest.builder().maxRecords(PAGE).build();
    return clients
        .elastiCache()
        .describeReplicationGroupsPaginator(request)
        .replicationGroups()
        .stream()
        .filter(group -> group.replicationGroupId().startsWith(Names.PREFIX))
        .toList();
  }

  private Map<String, CacheCluster> clusters() {
    var request =
        DescribeCacheClustersRequest.builder().maxRecords(PAGE).showCacheNodeInfo(true).build();
    return clients.elastiCache().describeCacheClustersPaginator(request).cacheClusters().stream()
        .filter(cluster -> cluster.cacheClusterId().startsWith(Names.PREFIX))
        .collect(
            Collectors.toMap(
                CacheCluster::cacheClusterId, Function.identity(), (a, b) -> b, TreeMap::new));
  }

  /** All nodes of a group are alike in what is read from them. */
  private static @Nullable CacheCluster firstMember(
      ReplicationGroup group, Map<String, CacheCluster> clusters) {
    return group.memberClusters().stream().sorted().findFirst().map(clusters::get).orElse(null);
  }

  private static boolean isStore(CacheCluster cluster) {
    return cluster.replicationGroupId() == null
        && SessionStoreSettings.MEMCACHED.equals(cluster.engine());
  }

  private static Listing<SessionStore> tagged(
      List<SessionStore> untagged, Map<String, Map<String, String>> tagsByArn) {
    List<SessionStore> rows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (SessionStore store : untagged) {
      Map<String, String> tags = tagsByArn.get(store.id());
      if (tags == null) {
        names.add(store.name());
      } else {
        rows.add(store.withTags(tags));
      }
    }
    return new Listing<>(rows, names);
  }

  private Map<String, Map<String, String>> tagsByArn() {
    var request =
        GetResourcesRequest.builder()
            .resourceTypeFilters("elasticache:replicationgroup", "elasticache:cluster")
            .tagFilters(TagFilter.builder().key(OwnershipTags.CLUSTER_ID).build())
            .resourcesPerPage(PAGE)
            .build();
    Map<String, Map<String, String>> byArn = new HashMap<>();
    clients
        .tagging()
        .getResourcesPaginator(request)
        .resourceTagMappingList()
        .forEach(
            found ->
                byArn.put(
                    found.resourceARN(),
                    found.tags().stream()
                        .collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value()))));
    return byArn;
  }

  @Override
  public Optional<SessionStore> find(String name) {
    try {
      return clients
          .elastiCache()
          .describeReplicationGroups(request -> request.replicationGroupId(name))
          .replicationGroups()
          .stream()
          .findFirst()
          .map(this::read);
    } catch (ReplicationGroupNotFoundException e) {
      return cluster(name)
          .filter(SessionStoreAdapter::isStore)
          .map(cluster -> SessionStoreMapping.row(cluster, tagsOf(cluster.arn())));
    }
  }

  private SessionStore read(ReplicationGroup group) {
    Optional<CacheCluster> member =
        group.memberClusters().stream().sorted().findFirst().flatMap(this::cluster);
    return SessionStoreMapping.row(group, member.orElse(null), tagsOf(group.arn()));
  }

  private Optional<CacheCluster> cluster(String name) {
    try {
      return clients
          .elastiCache()
          .describeCacheClusters(request -> request.cacheClusterId(name).showCacheNodeInfo(true))
          .cacheClusters()
          .stream()
          .findFirst();
    } catch (CacheClusterNotFoundException e) {
      return Optional.empty();
    }
  }

  private Map<String, String> tagsOf(String arn) {
    return clients
        .elastiCache()
        .listTagsForResource(request -> request.resourceName(arn))
        .tagList()
        .stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  @Override
  public SessionStore create(SessionStoreDesired desired, Map<String, String> tags) {
    return desired.replicated() ? groups.create(desired, tags) : memcached.create(desired, tags);
  }

  @Override
  public SessionStore update(
      SessionStore actual, SessionStoreDesired desired, List<Difference> changes) {
    return desired.replicated()
        ? groups.update(actual, desired, changes)
        : memcached.update(actual, desired, changes);
  }

  @Override
  public SessionStore tag(SessionStore actual, Map<String, String> tags) {
    clients
        .elastiCache()
        .addTagsToResource(
            request -> request.resourceName(actual.id()).tags(SessionStoreMapping.tags(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public SessionStore untag(SessionStore actual, List<String> keys) {
    clients
        .elastiCache()
        .removeTagsFromResource(request -> request.resourceName(actual.id()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  @Override
  public Optional<SessionStore> delete(SessionStore actual, Disposal disposal) {
    if (actual.deleting()) {
      return find(actual.name());
    }
    try {
      return SessionStoreSettings.MEMCACHED.equals(actual.engine())
          ? Optional.of(memcached.delete(actual))
          : groups.delete(actual, disposal);
    } catch (ReplicationGroupNotFoundException | CacheClusterNotFoundException e) {
      return Optional.empty();
    }
  }
}
