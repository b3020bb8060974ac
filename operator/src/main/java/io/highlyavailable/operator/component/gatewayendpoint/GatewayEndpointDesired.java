package io.highlyavailable.operator.component.gatewayendpoint;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A gateway endpoint as it should be.
 *
 * @param vpcId the VPC it is in
 * @param service the service's name
 * @param routeTableIds route tables with a route into it, all of them
 */
public record GatewayEndpointDesired(
    String vpcId, String service, SortedSet<String> routeTableIds) {
  public GatewayEndpointDesired {
    routeTableIds = Collections.unmodifiableSortedSet(new TreeSet<>(routeTableIds));
  }
}
