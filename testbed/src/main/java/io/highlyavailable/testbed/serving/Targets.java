package io.highlyavailable.testbed.serving;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The target group of one Service, as the AWS Load Balancer Controller keeps it: targets are pods
 * by their EndpointSlices. A new one gets requests when two health checks went well, which its
 * readiness gate waits for. One that is to go gets no more once that has spread, and what it still
 * answers is cut when its deregistration delay is over.
 */
final class Targets implements AutoCloseable {
  private static final int IN_A_ROW = 2;
  private static final Duration LOOK = Duration.ofMillis(100);

  private final KubernetesClient client;
  private final String namespace;
  private final Kubelet kubelet;
  private final Proxy proxy;
  private final Delays delays;
  private final Duration deregistration;
  private final Map<String, Target> targets = new HashMap<>();
  private final Deque<Integer> free =
      new ArrayDeque<>(IntStream.rangeClosed(1, Proxy.SLOTS).boxed().toList());
  private final SharedIndexInformer<EndpointSlice> slices;
  private final SharedIndexInformer<Pod> pods;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("targets").factory());

  /** One pod in the target group. */
  private static final class Target {
    final int slot;
    final int port;
    final Instant registered;
    Instant nextCheck;
    int inARow;
    boolean healthy;
    boolean open;
    Instant leaving = Instant.MAX;

    Target(int slot, int port, Instant registered, Instant nextCheck) {
      this.slot = slot;
      this.port = port;
      this.registered = registered;
      this.nextCheck = nextCheck;
    }
  }

  /**
   * @param service whose pods they are
   * @param deregistration the target group's deregistration delay
   */
  Targets(
      KubernetesClient client,
      String namespace,
      String service,
      Kubelet kubelet,
      Proxy proxy,
      Delays delays,
      Duration deregistration) {
    this.client = client;
    this.namespace = namespace;
    this.kubelet = kubelet;
    this.proxy = proxy;
    this.delays = delays;
    this.deregistration = deregistration;
    slices =
        client
            .discovery()
            .v1()
            .endpointSlices()
            .inNamespace(namespace)
            .withLabel("kubernetes.io/service-name", service)
            .runnableInformer(0);
    slices.run();
    pods = client.pods().inNamespace(namespace).runnableInformer(0);
    pods.run();
    timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      Instant now = Instant.now();
      Set<String> wanted = wanted();
      wanted.forEach(address -> register(address, now));
      targets.forEach((address, target) -> advance(address, target, wanted, now));
      targets
          .entrySet()
          .removeIf(
              entry ->
                  !now.isBefore(later(entry.getValue().leaving, deregistration))
                      && release(entry.getValue()));
    } catch (RuntimeException e) {
      System.err.println("targets: " + e);
    }
  }

  /** Ready endpoints, and those whose pods wait for nothing but their readiness gate. */
  private Set<String> wanted() {
    Set<String> addresses = new TreeSet<>();
    for (EndpointSlice slice : slices.getStore().list()) {
      List<Endpoint> endpoints = slice.getEndpoints();
      for (Endpoint endpoint : endpoints == null ? List.<Endpoint>of() : endpoints) {
        boolean leaving = Boolean.TRUE.equals(endpoint.getConditions().getTerminating());
        boolean ready = Boolean.TRUE.equals(endpoint.getConditions().getReady());
        if (!leaving && (ready || containersReady(endpoint))) {
          addresses.addAll(endpoint.getAddresses());
        }
      }
    }
    return addresses;
  }

  private boolean containersReady(Endpoint endpoint) {
    Pod pod = pod(endpoint.getAddresses().getFirst());
    return pod != null && holds(pod, "ContainersReady");
  }

  private Pod pod(String address) {
    return pods.getStore().list().stream()
        .filter(pod -> address.equals(pod.getStatus().getPodIP()))
        .findFirst()
        .orElse(null);
  }

  private static boolean holds(Pod pod, String type) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals(type) && c.getStatus().equals("True"));
  }

  private void register(String address, Instant now) {
    if (!targets.containsKey(address)) {
      kubelet
          .portOf(address)
          .ifPresent(
              port ->
                  targets.put(
                      address,
                      new Target(
                          free.pop(),
                          port,
                          now,
                          now.plus(delays.controller()).plus(delays.check()))));
    }
  }

  private void advance(String address, Target target, Set<String> wanted, Instant now) {
    if (!wanted.contains(address) && target.leaving.equals(Instant.MAX)) {
      target.leaving = now.plus(delays.controller());
    }
    if (!now.isBefore(later(target.leaving, delays.propagation()))) {
      shut(target);
    } else if (!now.isBefore(target.nextCheck)) {
      target.nextCheck = now.plus(delays.check());
      check(address, target);
    }
  }

  private static Instant later(Instant time, Duration delay) {
    return time.equals(Instant.MAX) ? time : time.plus(delay);
  }

  private void check(String address, Target target) {
    boolean well = Http.answers(target.port);
    target.inARow = well == target.healthy ? 0 : target.inARow + 1;
    if (target.inARow >= IN_A_ROW) {
      target.inARow = 0;
      target.healthy = well;
      if (well) {
        proxy.open(target.slot, target.port);
        target.open = true;
      } else {
        shut(target);
      }
      tell(address, well);
    }
  }

  private void shut(Target target) {
    if (target.open) {
      target.open = false;
      proxy.shut(target.slot);
    }
  }

  private boolean release(Target target) {
    shut(target);
    proxy.cut(target.slot);
    return free.add(target.slot);
  }

  /** The readiness gates of the pod. */
  private void tell(String address, boolean healthy) {
    Pod pod = pod(address);
    if (pod == null) {
      return;
    }
    List<Map<String, String>> gates =
        pod.getSpec().getReadinessGates().stream()
            .map(gate -> Kubelet.condition(gate.getConditionType(), healthy))
            .toList();
    try {
      client
          .pods()
          .inNamespace(namespace)
          .resource(pod)
          .subresource("status")
          .patch(
              PatchContext.of(PatchType.STRATEGIC_MERGE),
              Serialization.asJson(Map.of("status", Map.of("conditions", gates))));
    } catch (KubernetesClientException gone) {
      // A pod that is gone needs no gate.
      return;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    slices.stop();
    pods.stop();
  }
}
