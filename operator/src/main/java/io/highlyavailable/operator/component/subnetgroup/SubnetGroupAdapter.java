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
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * DB subnet groups at RDS, whose listing shows no tags: so it gives names, and details one by one.
 */
public final class SubnetGroupAdapter implements Adapter<SubnetGroupDesired, SubnetGroup> {
  /** RDS's largest page. */
  private static final int PAGE = 100;

  private final AwsClients clients;

  SubnetGroupAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "rds";
  }

  @Override
  public Listing<SubnetGroup> list() {
    var request = DescribeDbSubnetGroupsRequest.builder().maxRecords(PAGE).build();
    return Listing.ofNames(
        clients.rds().describeDBSubnetGroupsPaginator(request).dbSubnetGroups().stream()
            .map(DBSubnetGroup::dbSubnetGroupName)
            .filter(name -> name.startsWith(Names.PREFIX))
            .collect(Collectors.toSet()));
  }

  @Override
  public Optional<SubnetGroup> find(String name) {
    try {
      return clients
          .rds()
          .describeDBSubnetGroups(request -> request.dbSubnetGroupName(name))
          .dbSubnetGroups()
          .stream()
          .findFirst()
          .map(group -> row(group, tagsOf(group.dbSubnetGroupArn())));
    } catch (DbSubnetGroupNotFoundException e) {
      return Optional.empty();
    }
  }

  private Map<String, String> tagsOf(String arn) {
    return clients
        .rds()
        .listTagsForResource(request -> request.resourceName(arn))
        .tagList()
        .stream()
        .collect(Collectors.toMap(Tag::key, Tag::value));
  }

  @Override
  public SubnetGroup create(SubnetGroupDesired desired, Map<String, String> tags) {
    var answer =
        clients
            .rds()
            .createDBSubnetGroup(
                request ->
                    request
                        .dbSubnetGroupName(desired.name())
                        .dbSubnetGroupDescription(desired.description())
                        .subnetIds(desired.subnetIds())
                        .tags(rds(tags)));
    return row(answer.dbSubnetGroup(), tags);
  }

  @Override
  public SubnetGroup update(
      SubnetGroup actual, SubnetGroupDesired desired, List<Difference> changes) {
    var answer =
        clients
            .rds()
            .modifyDBSubnetGroup(
                request ->
                    request
                        .dbSubnetGroupName(desired.name())
                        .dbSubnetGroupDescription(desired.description())
                        .subnetIds(desired.subnetIds()));
    return row(answer.dbSubnetGroup(), actual.tags());
  }

  @Override
  public SubnetGroup tag(SubnetGroup actual, Map<String, String> tags) {
    clients.rds().addTagsToResource(request -> request.resourceName(actual.id()).tags(rds(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public SubnetGroup untag(SubnetGroup actual, List<String> keys) {
    clients
        .rds()
        .removeTagsFromResource(request -> request.resourceName(actual.id()).tagKeys(keys));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  @Override
  public Optional<SubnetGroup> delete(SubnetGroup actual, Disposal disposal) {
    try {
      clients.rds().deleteDBSubnetGroup(request -> request.dbSubnetGroupName(actual.name()));
    } catch (DbSubnetGroupNotFoundException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static SubnetGroup row(DBSubnetGroup group, Map<String, String> tags) {
    return new SubnetGroup(
        group.dbSubnetGroupName(),
        group.dbSubnetGroupArn(),
        group.subnetGroupStatus(),
        group.vpcId(),
        group.subnets().stream()
            .map(subnet -> subnet.subnetIdentifier())
            .collect(Collectors.toCollection(TreeSet::new)),
        tags);
  }

  private static List<Tag> rds(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }
}
