package io.highlyavailable.testbed.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.testbed.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Six nodes in three zones that KWOK plays the kubelet of: pods on them run and turn ready, but
 * hold no program.
 */
final class FakeNodes {

  /** The annotation by which KWOK knows its nodes. */
  static final String ANNOTATION = "kwok.x-k8s.io/node";

  static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");
  static final int NODES_A_ZONE = 2;

  /**
   * Room for hundreds of apps of a few pods each, so that only spreading decides where a pod goes.
   */
  private static final Map<String, Quantity> CAPACITY =
      Map.of(
          "cpu", new Quantity("512"),
          "memory", new Quantity("2Ti"),
          "ephemeral-storage", new Quantity("8Ti"),
          "pods", new Quantity("2000"));

  private FakeNodes() {}

  /**
   * KWOK.
   *
   * @param tools directory of the program
   * @param kubeconfig of an administrator
   * @param config an explicit one keeps the user's own ~/.kwok out
   * @param logs directory of its log
   * @param more flags
   */
  static Command kwok(Path tools, Path kubeconfig, Path config, Path logs, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                tools.resolve("kwok").toString(),
                "--kubeconfig=" + kubeconfig,
                "--config=" + config,
                "--manage-all-nodes=false",
                "--manage-nodes-with-annotation-selector=" + ANNOTATION + "=fake",
                // Without a lease of 40 s fake nodes turn NotReady under load, and Deployments fall
                // to 0 ready.
                "--node-lease-duration-seconds=40"));
    line.addAll(List.of(more));
    return Command.of("kwok", logs.resolve("kwok.log"), line);
  }

  /** Creates them where they are not there. */
  static void create(KubernetesClient client) {
    for (String zone : ZONES) {
      IntStream.rangeClosed(1, NODES_A_ZONE)
          .mapToObj(i -> node(zone, i))
          .forEach(node -> client.nodes().resource(node).serverSideApply());
    }
  }

  /** Whether all of them are ready. */
  static boolean areReady(KubernetesClient client) {
    return client.nodes().list().getItems().stream()
            .filter(node -> isFake(node) && isReady(node))
            .count()
        == (long) ZONES.size() * NODES_A_ZONE;
  }

  /** Whether KWOK plays this node's kubelet. */
  static boolean isFake(Node node) {
    return node.getMetadata().getAnnotations() != null
        && node.getMetadata().getAnnotations().containsKey(ANNOTATION);
  }

  private static boolean isReady(Node node) {
    return node.getStatus().getConditions() != null
        && node.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static Node node(String zone, int number) {
    String name = "node-" + zone.substring(zone.length() - 1) + "-" + number;
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToAnnotations(ANNOTATION, "fake")
        // Where KWOK says what this node's pods use.
        .addToAnnotations(
            "metrics.k8s.io/resource-metrics-path", "/metrics/nodes/" + name + "/metrics/resource")
        .addToLabels("kubernetes.io/hostname", name)
        .addToLabels("kubernetes.io/os", "linux")
        .addToLabels("kubernetes.io/arch", "amd64")
        .addToLabels("topology.kubernetes.io/region", "us-east-1")
        .addToLabels("topology.kubernetes.io/zone", zone)
        .endMetadata()
        .withNewStatus()
        .withCapacity(CAPACITY)
        .withAllocatable(CAPACITY)
        .endStatus()
        .build();
  }
}
