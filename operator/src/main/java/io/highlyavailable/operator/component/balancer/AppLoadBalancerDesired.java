package io.highlyavailable.operator.component.balancer;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A load balancer as it should be.
 *
 * @param name its name
 * @param place where it is
 * @param attributes those of its attributes that are ours
 * @param listeners what its listeners on our ports do, by port
 * @param logs where it writes a log of each request
 * @param webAclArn the web ACL that guards it; empty to leave that to others
 */
public record AppLoadBalancerDesired(
    String name,
    AppLoadBalancer.Place place,
    SortedMap<String, String> attributes,
    SortedMap<Integer, ListenerTerms> listeners,
    LogTarget logs,
    String webAclArn) {
  public AppLoadBalancerDesired {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    listeners = Collections.unmodifiableSortedMap(new TreeMap<>(listeners));
  }

  /** Attributes that are ours, given those that there are. */
  Map<String, String> attributes(Map<String, String> actual) {
    Map<String, String> all = new TreeMap<>(attributes);
    all.putAll(logs.wanted(actual));
    return all;
  }
}
