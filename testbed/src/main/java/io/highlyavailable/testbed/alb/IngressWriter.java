package io.highlyavailable.testbed.alb;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the controller writes to an Ingress: its finalizer, its status, and events about it. */
final class IngressWriter {
  static final String FINALIZER = "ingress.k8s.aws/resources";

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final Map<StackId, String> lastEvents = new ConcurrentHashMap<>();

  IngressWriter(KubernetesClient client) {
    this.client = client;
  }

  static boolean hasFinalizer(Ingress ingress) {
    return ingress.getFinalizers().contains(FINALIZER);
  }

  /** Holds the Ingress until its load balancer is gone. */
  void addFinalizer(Ingress ingress) {
    List<String> finalizers = new ArrayList<>(ingress.getFinalizers());
    finalizers.add(FINALIZER);
    patchFinalizers(ingress, finalizers);
  }

  /** Lets the Ingress go. */
  void removeFinalizer(Ingress ingress) {
    List<String> finalizers = new ArrayList<>(ingress.getFinalizers());
    finalizers.remove(FINALIZER);
    patchFinalizers(ingress, finalizers);
    lastEvents.remove(ClusterView.id(ingress));
  }

  /** With the version that it was seen at, so that no other's finalizer is lost. */
  private void patchFinalizers(Ingress ingress, List<String> finalizers) {
    Map<String, Object> metadata =
        Map.of(
            "finalizers",
            finalizers,
            "resourceVersion",
            ingress.getMetadata().getResourceVersion());
    resource(ingress).patch(MERGE, Serialization.asJson(Map.of("metadata", metadata)));
  }

  /** Says the load balancer's host name in the status, when it does not yet. */
  void setHostname(Ingress ingress, String hostname) {
    if (hostnames(ingress).equals(List.of(hostname))) {
      return;
    }
    Map<String, Object> status =
        Map.of("loadBalancer", Map.of("ingress", List.of(Map.of("hostname", hostname))));
    resource(ingress)
        .subresource("status")
        .patch(MERGE, Serialization.asJson(Map.of("status", status)));
  }

  private static List<String> hostnames(Ingress ingress) {
    return Optional.ofNullable(ingress.getStatus())
        .map(status -> status.getLoadBalancer())
        .map(balancer -> balancer.getIngress())
        .orElse(List.of())
        .stream()
        .map(entry -> String.valueOf(entry.getHostname()))
        .toList();
  }

  private Resource<Ingress> resource(Ingress ingress) {
    return client
        .network()
        .v1()
        .ingresses()
        .inNamespace(ingress.getMetadata().getNamespace())
        .withName(ingress.getMetadata().getName());
  }

  /** Reports on an Ingress, once as long as nothing else is reported. */
  void event(Ingress ingress, String type, String reason, String message) {
    if (message.equals(lastEvents.put(ClusterView.id(ingress), message))) {
      return;
    }
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    try {
      client
          .v1()
          .events()
          .inNamespace(ingress.getMetadata().getNamespace())
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withGenerateName(ingress.getMetadata().getName() + ".")
                  .endMetadata()
                  .withNewInvolvedObject()
                  .withApiVersion("networking.k8s.io/v1")
                  .withKind("Ingress")
                  .withNamespace(ingress.getMetadata().getNamespace())
                  .withName(ingress.getMetadata().getName())
                  .withUid(ingress.getMetadata().getUid())
                  .endInvolvedObject()
                  .withNewSource()
                  .withComponent("ingress")
                  .endSource()
                  .withType(type)
                  .withReason(reason)
                  .withMessage(message)
                  .withFirstTimestamp(now)
                  .withLastTimestamp(now)
                  .withCount(1)
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      // No event can be had in a namespace that is being deleted; the work itself matters more.
      lastEvents.remove(ClusterView.id(ingress));
    }
  }
}
