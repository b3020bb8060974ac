package io.highlyavailable.testbed.alb;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.highlyavailable.testbed.alb.LoadBalancerModel.TargetGroup;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says which targets a group is to have: ready pods, or nodes. */
final class TargetFinder {
  private final ClusterView cluster;

  TargetFinder(ClusterView cluster) {
    this.cluster = cluster;
  }

  Set<Target> targets(String namespace, TargetGroup group) {
    return group.targetType().equals("ip") ? pods(namespace, group) : nodes(group);
  }

  private Set<Target> pods(String namespace, TargetGroup group) {
    Set<Target> targets = new HashSet<>();
    Optional<Service> service = cluster.find(namespace, group.backend().service());
    Optional<String> portName = service.map(s -> portName(s, group.backend().port()));
    for (EndpointSlice slice : cluster.slices(namespace, group.backend().service())) {
      for (EndpointPort port :
          Objects.requireNonNullElse(slice.getPorts(), List.<EndpointPort>of())) {
        if (portName.equals(Optional.of(Objects.requireNonNullElse(port.getName(), "")))) {
          addReady(targets, slice, port.getPort());
        }
      }
    }
    return targets;
  }

  private static String portName(Service service, String port) {
    return service.getSpec().getPorts().stream()
        .filter(p -> port.equals(p.getName()) || port.equals(String.valueOf(p.getPort())))
        .map(ServicePort::getName)
        .map(name -> Objects.requireNonNullElse(name, ""))
        .findFirst()
        .orElse("");
  }

  private static void addReady(Set<Target> targets, EndpointSlice slice, int port) {
    for (Endpoint endpoint : slice.getEndpoints()) {
      // The API: absent means ready.
      var conditions = endpoint.getConditions();
      if (conditions == null || !Boolean.FALSE.equals(conditions.getReady())) {
        endpoint.getAddresses().forEach(address -> targets.add(new Target(address, port)));
      }
    }
  }

  /** The instance id is the last part of a node's {@code aws:///zone/i-...}. */
  private Set<Target> nodes(TargetGroup group) {
    Set<Target> targets = new HashSet<>();
    cluster.nodes().stream()
        .map(node -> node.getSpec().getProviderID())
        .filter(id -> id != null && id.startsWith("aws://"))
        .map(id -> id.substring(id.lastIndexOf('/') + 1))
        .forEach(id -> targets.add(new Target(id, group.port())));
    return targets;
  }
}
