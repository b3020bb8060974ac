package io.highlyavailable.operator.component.subnetgroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroupNotFoundException;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSubnetGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.Tag;

/**
 * Cache subnet groups at ElastiCache, whose listing shows no tags: so it gives names, and details
 * one by one.
 */
public final class CacheSubnetGroupAdapter implements Adapter<SubnetGroupDesired, SubnetGroup> {
  /** ElastiCache's largest page. */
  private static final int PAGE = 100;

  private final AwsClients clients;

  CacheSubnetGroupAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "elasticache";
  }

  @Override
  public Listing<SubnetGroup> list() {
    var request = DescribeCacheSubnetGroupsRequest.builder().maxRecords(PAGE).build();
    return Listing.ofNames(
        clients
            .elastiCache()
            .describeCacheSubnetGroupsPaginator(request)
            .cacheSubnetGroups()
            .stream()
            .map(CacheSubnetGroup::cacheSubnetGroupName)
            .filter(name -> name.startsWith(Names.PREFIX))
            .collect(Collectors.toSet()));
  }

  @Override
  public Optional<SubnetGroup> find(String name) {
    try {
      return clients
          .elastiCache()
          .describeCacheSubnetGroups(request -> request.cacheSubnetGroupName(name))
          .cacheSubnetGroups()
          .stream()
          .findFirst()
          .map(group -> row(group, tagsOf(group.arn())));
    } catch (CacheSubnetGroupNotFoundException e) {
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
  public SubnetGroup create(SubnetGroupDesired desired, Map<String, String> tags) {
    var answer =
        clients
            .elastiCache()
            .createCacheSubnetGroup(
                request ->
                    request
                        .cacheSubnetGroupName(desired.name())
                        .cacheSubnetGroupDescription(desired.description())
                        .subnetIds(desired.subnetIds())
                        .tags(elastiCache(tags)));
    return row(answer.cacheSubnetGroup(), tags);
  }

  @Override
  public SubnetGroup update(
      SubnetGroup actual, SubnetGroupDesired desired, List<Difference> changes) {
    var answer =
        clients
            .elastiCache()
            .modifyCacheSubnetGroup(
                request ->
                    request
                        .cacheSubnetGroupName(desired.name())
                        .cacheSubnetGroupDescription(desired.description())
                        .subnetIds(desired.subnetIds()));
    return row(answer.cacheSubnetGroup(), actual.tags());
  }

  @Override
  public SubnetGroup tag(SubnetGroup actual, Map<String, String> tags) {
    clients
        .elastiCache()
        .addTagsToResource(request -> request.resourceName(actual.id()).tags(elastiCache(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public SubnetGroup untag(SubnetGroup actual, List<String> keys) {
    clients
        .elastiCache()
        .removeTagsFromResource(request -> request.resourceName(actual.id()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  @Override
  public Optional<SubnetGroup> delete(SubnetGroup actual, Disposal disposal) {
    try {
      clients
          .elastiCache()
          .deleteCacheSubnetGroup(request -> request.cacheSubnetGroupName(actual.name()));
    } catch (CacheSubnetGroupNotFoundException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static SubnetGroup row(CacheSubnetGroup group, Map<String, String> tags) {
    return new SubnetGroup(
        group.cacheSubnetGroupName(),
        group.arn(),
        SubnetGroup.COMPLETE,
        group.vpcId(),
        group.subnets().stream()
            .map(subnet -> subnet.subnetIdentifier())
            .collect(Collectors.toCollection(TreeSet::new)),
        tags);
  }

  private static List<Tag> elastiCache(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }
}
