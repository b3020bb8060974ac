package io.highlyavailable.testbed.serving;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A node in each of three zones of their own, which only pods with their taint tolerated and their
 * label selected come to. Nobody but {@link Kubelet} acts for them.
 */
final class ServingNodes implements AutoCloseable {
  /** Label and key of the taint. */
  static final String KEY = "testbed.highlyavailable.io/serving";

  static final List<String> ZONES = List.of("serving-a", "serving-b", "serving-c");

  private static final Map<String, Quantity> CAPACITY =
      Map.of(
          "cpu", new Quantity("64"), "memory", new Quantity("256Gi"), "pods", new Quantity("110"));

  /** The node controller gives up on a node after 50 s. */
  private static final int HEARTBEAT_SECONDS = 5;

  private final KubernetesClient client;
  private final Set<String> up = new ConcurrentSkipListSet<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("serving-nodes").factory());

  private ServingNodes(KubernetesClient client) {
    this.client = client;
  }

  static ServingNodes create(KubernetesClient client) {
    ServingNodes nodes = new ServingNodes(client);
    ZONES.forEach(zone -> client.resource(node(zone)).serverSideApply());
    ZONES.forEach(nodes::recover);
    nodes.timer.scheduleAtFixedRate(
        nodes::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    return nodes;
  }

  /** The node of a zone. */
  static String nodeOf(String zone) {
    return "node-" + zone;
  }

  /** All nodes' names. */
  static Set<String> names() {
    return new TreeSet<>(ZONES.stream().map(ServingNodes::nodeOf).toList());
  }

  private static Node node(String zone) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(nodeOf(zone))
        .addToLabels("kubernetes.io/hostname", nodeOf(zone))
        .addToLabels("topology.kubernetes.io/zone", zone)
        .addToLabels(KEY, "true")
        .endMetadata()
        .withNewSpec()
        .addNewTaint("NoSchedule", KEY, null, "true")
        .endSpec()
        .build();
  }

  /** The zone's node is silent from now on, and the node controller has already found out. */
  void lose(String zone) {
    up.remove(zone);
    say(zone, "Unknown", "NodeStatusUnknown");
  }

  /** The zone's node is there again. */
  void recover(String zone) {
    say(zone, "True", "KubeletReady");
    up.add(zone);
    beat();
  }

  private void say(String zone, String ready, String reason) {
    List<NodeCondition> conditions =
        Stream.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure")
            .map(type -> condition(type, ready, reason))
            .toList();
    // A patch, not an edit: the node controller writes to new nodes at the same time.
    client
        .nodes()
        .withName(nodeOf(zone))
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(
                Map.of(
                    "status",
                    Map.of(
                        "conditions", conditions, "capacity", CAPACITY, "allocatable", CAPACITY))));
  }

  private static NodeCondition condition(String type, String ready, String reason) {
    String now = Instant.now().toString();
    boolean main = type.equals("Ready");
    String status = main ? ready : ready.equals("True") ? "False" : "Unknown";
    return new NodeConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(main ? reason : "Kubelet")
        .withMessage("")
        .withLastHeartbeatTime(now)
        .withLastTransitionTime(now)
        .build();
  }

  private void beat() {
    for (String zone : up) {
      try {
        client.resource(lease(zone)).forceConflicts().serverSideApply();
      } catch (KubernetesClientException again) {
        // The next beat comes long before anybody misses this one.
        continue;
      }
    }
  }

  private static Lease lease(String zone) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(nodeOf(zone))
        .withNamespace("kube-node-lease")
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(nodeOf(zone))
        .withLeaseDurationSeconds(40)
        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
        .endSpec()
        .build();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    ZONES.forEach(zone -> client.nodes().withName(nodeOf(zone)).delete());
    ZONES.forEach(zone -> client.resource(lease(zone)).delete());
  }
}
