package io.highlyavailable.operator.component.subnetgroup;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A subnet group of RDS or ElastiCache.
 *
 * @param name its name
 * @param id its ARN
 * @param state the service's word for its status; ElastiCache has none and it is {@value #COMPLETE}
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
  /** Of a subnet group that can be used. */
  static final String COMPLETE = "Complete";

  public SubnetGroup {
    subnetIds = Collections.unmodifiableSortedSet(new TreeSet<>(subnetIds));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  SubnetGroup withTags(Map<String, String> changed) {
    return new SubnetGroup(name, id, state, vpcId, subnetIds, changed);
  }
}
