package io.highlyavailable.operator.component.securitygroup;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A security group.
 *
 * @param name VPC id and group name joined by a slash: group names are unique only in their VPC
 * @param id its ARN
 * @param groupId its id, such as {@code sg-1}
 * @param ingress what it lets in, ordered
 * @param tags its tags
 */
public record SecurityGroup(
    String name, String id, String groupId, SortedSet<Ingress> ingress, Map<String, String> tags)
    implements CloudResource {
  public SecurityGroup {
    ingress = Collections.unmodifiableSortedSet(new TreeSet<>(ingress));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String state() {
    return "available";
  }

  SecurityGroup withTags(Map<String, String> changed) {
    return new SecurityGroup(name, id, groupId, ingress, changed);
  }

  SecurityGroup withIngress(SortedSet<Ingress> changed) {
    return new SecurityGroup(name, id, groupId, changed, tags);
  }

  static String name(String vpcId, String groupName) {
    return vpcId + "/" + groupName;
  }
}
