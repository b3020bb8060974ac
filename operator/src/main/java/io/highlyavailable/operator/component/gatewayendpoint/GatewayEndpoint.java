package io.highlyavailable.operator.component.gatewayendpoint;

import io.highlyavailable.operator.component.Piece;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A gateway endpoint.
 *
 * @param name app and component, as its tags say
 * @param id its ARN
 * @param resourceId its id, such as {@code vpce-1}
 * @param vpcId the VPC it is in
 * @param service the service's name
 * @param state such as {@code available}, in lower case
 * @param routeTableIds route tables with a route into it
 * @param tags its tags
 */
public record GatewayEndpoint(
    String name,
    String id,
    String resourceId,
    String vpcId,
    String service,
    String state,
    SortedSet<String> routeTableIds,
    Map<String, String> tags)
    implements Piece<GatewayEndpoint> {
  static final String AVAILABLE = "available";
  static final String DELETING = "deleting";

  public GatewayEndpoint {
    routeTableIds = Collections.unmodifiableSortedSet(new TreeSet<>(routeTableIds));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  @Override
  public boolean inTransition() {
    return !AVAILABLE.equals(state);
  }

  @Override
  public boolean deleting() {
    return DELETING.equals(state);
  }

  @Override
  public GatewayEndpoint withTags(Map<String, String> changed) {
    return new GatewayEndpoint(name, id, resourceId, vpcId, service, state, routeTableIds, changed);
  }

  GatewayEndpoint withRouteTables(SortedSet<String> changed) {
    return new GatewayEndpoint(name, id, resourceId, vpcId, service, state, changed, tags);
  }
}
