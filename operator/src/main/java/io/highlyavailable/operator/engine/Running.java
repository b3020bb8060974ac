package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.balancer.AppLoadBalancer;
import io.highlyavailable.operator.component.instancegroup.InstanceGroup;
import io.highlyavailable.operator.component.instancegroup.Member;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.component.network.NetworkRules;
import io.highlyavailable.operator.component.targetgroup.TargetGroup;
import io.highlyavailable.operator.kubernetes.IngressState;
import io.highlyavailable.operator.kubernetes.WorkloadState;
import io.highlyavailable.operator.kubernetes.ZoneSpread;
import io.highlyavailable.operator.model.App;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What runs of an app, be it pods or instances.
 *
 * @param replicas how many there are
 * @param ready how many of them receive traffic
 * @param hostname the address of the load balancer before them; empty while there is none
 * @param spread over which zones they are
 */
public record Running(int replicas, int ready, String hostname, ZoneSpread spread) {
  /** Pods behind an Ingress. */
  public static Running pods(WorkloadState workload, IngressState ingress, ZoneSpread spread) {
    return new Running(
        workload.replicas(),
        workload.readyReplicas(),
        Objects.requireNonNullElse(ingress.hostname(), ""),
        spread);
  }

  /**
   * Instances behind a load balancer of their own.
   *
   * @param seen what is known of the app's components
   */
  public static Running instances(App app, Map<ComponentName, Observation<?>> seen) {
    String hostname =
        seen.get(Compute.BALANCER) instanceof Observation.Present<?>(AppLoadBalancer balancer)
            ? balancer.address().dnsName()
            : "";
    if (!(seen.get(Compute.GROUP) instanceof Observation.Present<?>(InstanceGroup group))) {
      return new Running(0, 0, hostname, ZoneSpread.UNKNOWN);
    }
    List<Member> serving = group.serving(healthy(seen));
    return new Running(
        group.members().size(), serving.size(), hostname, spread(app, serving, seen));
  }

  private static ZoneSpread spread(
      App app, List<Member> serving, Map<ComponentName, Observation<?>> seen) {
    SortedMap<String, Integer> ready = new TreeMap<>();
    serving.forEach(member -> ready.merge(member.zone(), 1, Integer::sum));
    return seen.get(NetworkRules.NAME) instanceof Observation.Present<?>(Network network)
        ? new ZoneSpread(true, ready, Network.zones(network.privateSubnets(app)))
        : ZoneSpread.UNKNOWN;
  }

  private static Set<String> healthy(Map<ComponentName, Observation<?>> seen) {
    return seen.get(Compute.TARGET_GROUP) instanceof Observation.Present<?>(TargetGroup targets)
        ? targets.healthyTargets()
        : Set.of();
  }
}
