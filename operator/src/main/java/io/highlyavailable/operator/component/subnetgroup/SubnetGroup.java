package io.highlyavailable.operator.component.subnetgroup;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A DB subnet group.
 *
 * @param name its name
 * @param id its ARN
 * @param state RDS's word for its status
 * @param vpcId the VPC its subnets are in
 * @param subnetIds its subnets, ordered
 * @param tags its tags
 */
public record SubnetGroup(
    String name,
    String id,
    String state,
    String vpcId,
    SortedSet<String> subnetIds,
    Map<String, String> tags)
    implements CloudResource {
  public SubnetGroup {
    subnetIds = Collections.unmodifiableSortedSet(new TreeSet<>(subnetIds));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  SubnetGroup withTags(Map<String, String> changed) {
    return new SubnetGroup(name, id, state, vpcId, subnetIds, changed);
  }
}
