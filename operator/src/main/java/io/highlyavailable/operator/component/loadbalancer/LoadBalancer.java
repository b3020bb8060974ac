package io.highlyavailable.operator.component.loadbalancer;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the AWS Load Balancer Controller made for one Ingress.
 *
 * @param name namespace and name of the Ingress joined by a slash, as the controller tags it
 * @param loadBalancers ARNs of load balancers; more than one when clusters share the account
 * @param targetGroups ARNs of target groups
 */
public record LoadBalancer(
    String name, SortedSet<String> loadBalancers, SortedSet<String> targetGroups)
    implements CloudResource {
  public LoadBalancer {
    loadBalancers = Collections.unmodifiableSortedSet(new TreeSet<>(loadBalancers));
    targetGroups = Collections.unmodifiableSortedSet(new TreeSet<>(targetGroups));
  }

  /** The load balancer's ARN; empty while only target groups are there. */
  @Override
  public String id() {
    return loadBalancers.isEmpty() ? "" : loadBalancers.first();
  }

  /** They are the controller's tags, not ours. */
  @Override
  public Map<String, String> tags() {
    return Map.of();
  }

  @Override
  public String state() {
    return loadBalancers.isEmpty() ? "absent" : "present";
  }

  /** The controller makes one after the other: while one is missing it is still at work. */
  @Override
  public boolean inTransition() {
    return loadBalancers.isEmpty() || targetGroups.isEmpty();
  }
}
