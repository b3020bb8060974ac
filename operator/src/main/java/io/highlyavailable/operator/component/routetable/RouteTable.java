package io.highlyavailable.operator.component.routetable;

import io.highlyavailable.operator.component.Piece;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A route table.
 *
 * @param name app and component, as its tags say
 * @param id its ARN
 * @param resourceId its id, such as {@code rtb-1}
 * @param vpcId the VPC it is in
 * @param routes where traffic to addresses is sent; neither those within the VPC nor those that
 *     endpoints have made
 * @param dead destinations whose target is gone
 * @param subnets ids of the subnets that use it, and of each association
 * @param tags its tags
 */
public record RouteTable(
    String name,
    String id,
    String resourceId,
    String vpcId,
    SortedMap<String, String> routes,
    SortedSet<String> dead,
    SortedMap<String, String> subnets,
    Map<String, String> tags)
    implements Piece<RouteTable> {
  public RouteTable {
    routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
    dead = Collections.unmodifiableSortedSet(new TreeSet<>(dead));
    subnets = Collections.unmodifiableSortedMap(new TreeMap<>(subnets));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public String state() {
    return "available";
  }

  @Override
  public RouteTable withTags(Map<String, String> changed) {
    return new RouteTable(name, id, resourceId, vpcId, routes, dead, subnets, changed);
  }
}
