package io.highlyavailable.testbed.alb;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All that AWS is to hold for one Ingress. Two equal models need no call.
 *
 * @param subnets ids or names; empty to discover them by their tags
 * @param securityGroups ids; empty for one of the load balancer's own, open to {@code inboundCidrs}
 * @param tags those that the author adds to every resource
 */
record LoadBalancerModel(
    StackId stack,
    String name,
    String scheme,
    String ipAddressType,
    List<String> subnets,
    List<String> securityGroups,
    List<String> inboundCidrs,
    SortedMap<String, String> attributes,
    List<Listener> listeners,
    List<TargetGroup> targetGroups,
    SortedMap<String, String> tags) {

  LoadBalancerModel {
    subnets = List.copyOf(subnets);
    securityGroups = List.copyOf(securityGroups);
    inboundCidrs = List.copyOf(inboundCidrs);
    listeners = List.copyOf(listeners);
    targetGroups = List.copyOf(targetGroups);
  }

  /**
   * One port.
   *
   * @param certificateArns empty for HTTP
   */
  record Listener(
      int port,
      List<String> certificateArns,
      Optional<String> sslPolicy,
      DefaultAction otherwise,
      List<Rule> rules) {

    String protocol() {
      return certificateArns.isEmpty() ? "HTTP" : "HTTPS";
    }
  }

  /** What happens to requests that no rule is for. */
  sealed interface DefaultAction {
    /** They go to the Ingress's default backend. */
    record Forward(Backend backend) implements DefaultAction {}

    /** They are told that there is nothing. */
    record NotFound() implements DefaultAction {}

    /** They are sent to HTTPS on another port. */
    record Redirect(int port) implements DefaultAction {}
  }

  /**
   * Requests that go to a backend.
   *
   * @param priority from 1; the lowest that matches counts
   * @param host null for any
   * @param paths patterns, one of which must match
   */
  record Rule(int priority, @Nullable String host, List<String> paths, Backend backend) {}

  /**
   * Where requests for one backend go.
   *
   * @param resourceId the value of its tag {@code ingress.k8s.aws/resource}
   * @param targetType {@code ip} or {@code instance}
   * @param port the one that targets without a port of their own would get
   */
  record TargetGroup(
      Backend backend,
      String name,
      String resourceId,
      String targetType,
      String protocol,
      String protocolVersion,
      int port,
      HealthCheck healthCheck,
      SortedMap<String, String> attributes) {}
}
