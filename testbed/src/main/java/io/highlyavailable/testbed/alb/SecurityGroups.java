package io.highlyavailable.testbed.alb;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The security group that a load balancer gets when its Ingress names none. */
final class SecurityGroups {
  private final Ec2Client ec2;
  private final String vpcId;
  private final ResourceNames names;
  private final ResourceTags tags;

  SecurityGroups(Ec2Client ec2, String vpcId, ResourceNames names, ResourceTags tags) {
    this.ec2 = ec2;
    this.vpcId = vpcId;
    this.names = names;
    this.tags = tags;
  }

  /** The ids to give to the load balancer; makes or corrects its own group where none are named. */
  List<String> ensure(LoadBalancerModel model, boolean isNew) {
    if (!model.securityGroups().isEmpty()) {
      return model.securityGroups();
    }
    Optional<SecurityGroup> found = isNew ? Optional.empty() : find(model.stack());
    String id = found.map(SecurityGroup::groupId).orElseGet(() -> create(model));
    Set<Opening> wanted = openings(model);
    Set<Opening> open = found.map(SecurityGroups::openings).orElseGet(Set::of);
    List<IpPermission> missing = permissions(wanted, open);
    if (!missing.isEmpty()) {
      ec2.authorizeSecurityGroupIngress(b -> b.groupId(id).ipPermissions(missing));
    }
    List<IpPermission> surplus = permissions(open, wanted);
    if (!surplus.isEmpty()) {
      ec2.revokeSecurityGroupIngress(b -> b.groupId(id).ipPermissions(surplus));
    }
    return List.of(id);
  }

  /** Deletes the load balancer's own group, when there is one. */
  void delete(StackId stack) {
    find(stack).ifPresent(group -> ec2.deleteSecurityGroup(b -> b.groupId(group.groupId())));
  }

  private Optional<SecurityGroup> find(StackId stack) {
    return ec2
        .describeSecurityGroups(
            b ->
                b.filters(
                    filter("vpc-id", vpcId), filter("group-name", names.securityGroup(stack))))
        .securityGroups()
        .stream()
        .findFirst();
  }

  private String create(LoadBalancerModel model) {
    Map<String, String> all = tags.of(model.stack(), "ManagedLBSecurityGroup", model.tags());
    List<Tag> given =
        all.entrySet().stream()
            .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
            .toList();
    try {
      return ec2.createSecurityGroup(
              b ->
                  b.groupName(names.securityGroup(model.stack()))
                      .description("[k8s] Managed SecurityGroup for LoadBalancer")
                      .vpcId(vpcId)
                      .tagSpecifications(
                          t -> t.resourceType(ResourceType.SECURITY_GROUP).tags(given)))
          .groupId();
    } catch (AwsServiceException e) {
      if (!"InvalidGroup.Duplicate".equals(e.awsErrorDetails().errorCode())) {
        throw e;
      }
      // The listing lagged behind an earlier attempt of ours; the next one sees it.
      return find(model.stack()).orElseThrow(() -> e).groupId();
    }
  }

  private static Set<Opening> openings(LoadBalancerModel model) {
    Set<Opening> openings = new HashSet<>();
    model
        .listeners()
        .forEach(l -> model.inboundCidrs().forEach(c -> openings.add(new Opening(l.port(), c))));
    return openings;
  }

  private static Set<Opening> openings(SecurityGroup group) {
    Set<Opening> openings = new HashSet<>();
    for (IpPermission permission : group.ipPermissions()) {
      for (IpRange range : permission.ipRanges()) {
        openings.add(new Opening(permission.fromPort(), range.cidrIp()));
      }
    }
    return openings;
  }

  private static List<IpPermission> permissions(Set<Opening> these, Set<Opening> withoutThose) {
    return these.stream()
        .filter(opening -> !withoutThose.contains(opening))
        .map(
            opening ->
                IpPermission.builder()
                    .ipProtocol("tcp")
                    .fromPort(opening.port())
                    .toPort(opening.port())
                    .ipRanges(r -> r.cidrIp(opening.cidr()))
                    .build())
        .toList();
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  /** A port that is open to a range of addresses. */
  private record Opening(int port, String cidr) {}
}
