package io.highlyavailable.operator.component.subnetgroup;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A subnet group as it should be.
 *
 * @param name its name
 * @param description what a person reads in the service's console
 * @param vpcId the VPC its subnets are in
 * @param subnetIds its subnets, in at least two zones
 */
public record SubnetGroupDesired(
    String name, String description, String vpcId, SortedSet<String> subnetIds) {
  public SubnetGroupDesired {
    subnetIds = Collections.unmodifiableSortedSet(new TreeSet<>(subnetIds));
  }
}
