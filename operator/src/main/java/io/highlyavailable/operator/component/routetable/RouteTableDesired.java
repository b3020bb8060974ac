package io.highlyavailable.operator.component.routetable;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A route table as it should be. Routes of others stay, but for those whose target is gone.
 *
 * @param vpcId the VPC it is in
 * @param routes where traffic to addresses is sent, as far as the targets are there
 * @param subnetIds the subnets that use it
 * @param waitingFor what routes to come wait for; empty when there are none
 */
public record RouteTableDesired(
    String vpcId,
    SortedMap<String, String> routes,
    SortedSet<String> subnetIds,
    SortedSet<String> waitingFor) {
  public RouteTableDesired {
    routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
    subnetIds = Collections.unmodifiableSortedSet(new TreeSet<>(subnetIds));
    waitingFor = Collections.unmodifiableSortedSet(new TreeSet<>(waitingFor));
  }
}
