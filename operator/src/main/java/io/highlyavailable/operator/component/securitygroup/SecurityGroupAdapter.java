package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Tags;
import io.highlyavailable.operator.model.Names;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * Security groups at EC2. A create is two calls, the group with its tags and then its rules; after
 * a crash between them the missing rules are a difference like any other. EC2 has no client token
 * for it, but refuses a second group of the same name in a VPC.
 */
public final class SecurityGroupAdapter implements Adapter<SecurityGroupDesired, SecurityGroup> {
  /** EC2's largest page. */
  private static final int PAGE = 1000;

  private final AwsClients clients;

  SecurityGroupAdapter(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public String service() {
    return "ec2";
  }

  @Override
  public Listing<SecurityGroup> list() {
    return Listing.of(
        groups(filter("group-name", Names.PREFIX + "*")).filter(this::named).toList());
  }

  private boolean named(SecurityGroup group) {
    return group.name().contains("/" + Names.PREFIX);
  }

  @Override
  public Optional<SecurityGroup> find(String name) {
    String[] parts = name.split("/", 2);
    return groups(filter("vpc-id", parts[0]), filter("group-name", parts[1])).findFirst();
  }

  private Stream<SecurityGroup> groups(Filter... filters) {
    var request = DescribeSecurityGroupsRequest.builder().filters(filters).maxResults(PAGE).build();
    return clients.ec2().describeSecurityGroupsPaginator(request).securityGroups().stream()
        .map(this::row);
  }

  @Override
  public SecurityGroup create(SecurityGroupDesired desired, Map<String, String> tags) {
    var created =
        clients
            .ec2()
            .createSecurityGroup(
                request ->
                    request
                        .vpcId(desired.vpcId())
                        .groupName(desired.groupName())
                        .description(desired.description())
                        .tagSpecifications(
                            TagSpecification.builder()
                                .resourceType(ResourceType.SECURITY_GROUP)
                                .tags(ec2(tags))
                                .build()));
    if (!desired.ingress().isEmpty()) {
      authorize(created.groupId(), desired.ingress());
    }
    String arn = created.securityGroupArn();
    if (arn == null) {
      String name = SecurityGroup.name(desired.vpcId(), desired.groupName());
      arn = find(name).map(SecurityGroup::id).orElse(created.groupId());
    }
    return new SecurityGroup(
        SecurityGroup.name(desired.vpcId(), desired.groupName()),
        arn,
        created.groupId(),
        desired.ingress(),
        tags);
  }

  @Override
  public SecurityGroup update(
      SecurityGroup actual, SecurityGroupDesired desired, List<Difference> changes) {
    SortedSet<Ingress> missing = new TreeSet<>(desired.ingress());
    missing.removeAll(actual.ingress());
    SortedSet<Ingress> surplus = new TreeSet<>(actual.ingress());
    surplus.removeAll(desired.ingress());
    if (!missing.isEmpty()) {
      authorize(actual.groupId(), missing);
    }
    if (!surplus.isEmpty()) {
      clients
          .ec2()
          .revokeSecurityGroupIngress(
              request -> request.groupId(actual.groupId()).ipPermissions(permissions(surplus)));
    }
    return actual.withIngress(desired.ingress());
  }

  private void authorize(String groupId, Collection<Ingress> rules) {
    clients
        .ec2()
        .authorizeSecurityGroupIngress(
            request -> request.groupId(groupId).ipPermissions(permissions(rules)));
  }

  @Override
  public SecurityGroup tag(SecurityGroup actual, Map<String, String> tags) {
    clients.ec2().createTags(request -> request.resources(actual.groupId()).tags(ec2(tags)));
    return actual.withTags(Tags.with(actual.tags(), tags));
  }

  @Override
  public SecurityGroup untag(SecurityGroup actual, List<String> keys) {
    List<Tag> tags = keys.stream().map(key -> Tag.builder().key(key).build()).toList();
    clients.ec2().deleteTags(request -> request.resources(actual.groupId()).tags(tags));
    return actual.withTags(Tags.without(actual.tags(), keys));
  }

  @Override
  public Optional<SecurityGroup> delete(SecurityGroup actual, Disposal disposal) {
    try {
      clients.ec2().deleteSecurityGroup(request -> request.groupId(actual.groupId()));
    } catch (Ec2Exception e) {
      if (!"InvalidGroup.NotFound".equals(e.awsErrorDetails().errorCode())) {
        throw e;
      }
    }
    return Optional.empty();
  }

  private SecurityGroup row(software.amazon.awssdk.services.ec2.model.SecurityGroup group) {
    return new SecurityGroup(
        SecurityGroup.name(String.valueOf(group.vpcId()), group.groupName()),
        clients.arn("ec2", group.ownerId(), "security-group/" + group.groupId()),
        group.groupId(),
        group.ipPermissions().stream()
            .flatMap(SecurityGroupAdapter::rules)
            .collect(Collectors.toCollection(TreeSet::new)),
        group.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)));
  }

  private static Stream<Ingress> rules(IpPermission permission) {
    Stream<String> sources =
        Stream.of(
                permission.userIdGroupPairs().stream().map(UserIdGroupPair::groupId),
                permission.ipRanges().stream().map(range -> range.cidrIp()),
                permission.ipv6Ranges().stream().map(range -> range.cidrIpv6()),
                permission.prefixListIds().stream().map(list -> list.prefixListId()))
            .flatMap(source -> source);
    return sources.map(
        source ->
            new Ingress(
                permission.ipProtocol(),
                permission.fromPort() == null ? -1 : permission.fromPort(),
                permission.toPort() == null ? -1 : permission.toPort(),
                source));
  }

  private static List<IpPermission> permissions(Collection<Ingress> rules) {
    return rules.stream().map(SecurityGroupAdapter::permission).toList();
  }

  private static IpPermission permission(Ingress rule) {
    IpPermission.Builder permission = IpPermission.builder().ipProtocol(rule.protocol());
    if (rule.fromPort() >= 0 || rule.toPort() >= 0) {
      permission.fromPort(rule.fromPort()).toPort(rule.toPort());
    }
    String source = rule.source();
    if (source.startsWith("sg-")) {
      permission.userIdGroupPairs(UserIdGroupPair.builder().groupId(source).build());
    } else if (source.startsWith("pl-")) {
      permission.prefixListIds(PrefixListId.builder().prefixListId(source).build());
    } else if (source.contains(":")) {
      permission.ipv6Ranges(Ipv6Range.builder().cidrIpv6(source).build());
    } else {
      permission.ipRanges(IpRange.builder().cidrIp(source).build());
    }
    return permission.build();
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  private static List<Tag> ec2(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }
}
