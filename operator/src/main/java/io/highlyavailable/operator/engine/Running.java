package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer;
import io.highlyavailable.operator.component.instancegroup.InstanceGroup;
import io.highlyavailable.operator.component.targetgroup.TargetGroup;
import io.highlyavailable.operator.kubernetes.IngressState;
import io.highlyavailable.operator.kubernetes.WorkloadState;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What runs of an app, be it pods or instances.
 *
 * @param replicas how many there are
 * @param ready how many of them receive traffic
 * @param hostname the address of the load balancer before them; empty while there is none
 */
public record Running(int replicas, int ready, String hostname) {
  /** Pods behind an Ingress. */
  public static Running pods(WorkloadState workload, IngressState ingress) {
    return new Running(
        workload.replicas(),
        workload.readyReplicas(),
        Objects.requireNonNullElse(ingress.hostname(), ""));
  }

  /**
   * Instances behind a load balancer of their own.
   *
   * @param seen what is known of the app's components
   */
  public static Running instances(Map<ComponentName, Observation<?>> seen) {
    String hostname =
        seen.get(Compute.BALANCER) instanceof Observation.Present<?>(AppLoadBalancer balancer)
            ? balancer.address().dnsName()
            : "";
    return seen.get(Compute.GROUP) instanceof Observation.Present<?>(InstanceGroup group)
        ? new Running(group.members().size(), group.serving(healthy(seen)), hostname)
        : new Running(0, 0, hostname);
  }

  private static Set<String> healthy(Map<ComponentName, Observation<?>> seen) {
    return seen.get(Compute.TARGET_GROUP) instanceof Observation.Present<?>(TargetGroup targets)
        ? targets.healthyTargets()
        : Set.of();
  }
}
