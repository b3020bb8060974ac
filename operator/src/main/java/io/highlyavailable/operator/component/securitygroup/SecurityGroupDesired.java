package io.highlyavailable.operator.component.securitygroup;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A security group as it should be.
 *
 * @param vpcId the VPC it is in
 * @param groupName its name
 * @param description immutable at EC2, so it says nothing that may change
 * @param ingress all that it lets in, ordered
 */
public record SecurityGroupDesired(
    String vpcId, String groupName, String description, SortedSet<Ingress> ingress) {
  public SecurityGroupDesired {
    ingress = Collections.unmodifiableSortedSet(new TreeSet<>(ingress));
  }
}
