package io.highlyavailable.operator.install;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.highlyavailable.operator.chart.Helm;
import java.util.List;
import java.util.stream.Collectors;

/** The pods of the operator's Deployment, as an administrator sees them. */
final class OperatorPods {
  static final String CONTAINER = "operator";

  /** Of a log, in a failure's message. */
  private static final int LINES = 30;

  private final KubernetesClient client;

  OperatorPods(KubernetesClient client) {
    this.client = client;
  }

  /** All that are not going away. */
  List<Pod> all() {
    return client
        .pods()
        .inNamespace(Helm.NAMESPACE)
        .withLabel("app.kubernetes.io/component", "operator")
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** Their names. */
  List<String> names() {
    return all().stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  /** The names of those that are ready. */
  List<String> ready() {
    return all().stream()
        .filter(OperatorPods::isReady)
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  /** The one container of each. */
  static ContainerStatus container(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst();
  }

  /** The lease that the leader holds. */
  Lease lease() {
    return client.leases().inNamespace(Helm.NAMESPACE).withName(Helm.RELEASE).get();
  }

  /** The name of the pod that leads, when it is one of those that are there; else empty. */
  String leader() {
    Lease lease = lease();
    String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
    return holder != null && names().contains(holder) ? holder : "";
  }

  /** One that does not lead. */
  String standby() {
    String leader = leader();
    return names().stream().filter(name -> !name.equals(leader)).findFirst().orElseThrow();
  }

  /** What a pod serves, by way of the API server and the kubelet's node. */
  String get(String pod, String path) {
    return client.raw(
        "/api/v1/namespaces/%s/pods/%s:8080/proxy%s".formatted(Helm.NAMESPACE, pod, path));
  }

  /** What the pods print and how they are, for a failure's message. */
  String evidence() {
    return all().stream().map(this::evidence).collect(Collectors.joining("\n"));
  }

  private String evidence(Pod pod) {
    String name = pod.getMetadata().getName();
    PodResource one = client.pods().inNamespace(Helm.NAMESPACE).withName(name);
    return "%s: %s%nbefore:%n%s%nnow:%n%s"
        .formatted(
            name,
            pod.getStatus().getContainerStatuses(),
            log(one.terminated()),
            log(one.tailingLines(LINES)));
  }

  private static String log(Loggable container) {
    try {
      return container.getLog();
    } catch (KubernetesClientException none) {
      return "no log";
    }
  }
}
