package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.highlyavailable.operator.kubernetes.Place;
import io.highlyavailable.operator.kubernetes.Places;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the cluster's nodes and their zones, and tells when that changes. An operator of single
 * namespaces may not look at nodes; then nothing is known.
 */
public final class NodeWatch implements ResourceEventHandler<Node>, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeWatch.class);

  private final KubernetesClient client;
  private final Runnable changed;
  private volatile Places places = Places.UNKNOWN;
  private volatile @Nullable SharedIndexInformer<Node> informer;

  /**
   * @param client with the operator's own identity
   * @param changed told when {@link #places} has changed
   */
  public NodeWatch(KubernetesClient client, Runnable changed) {
    this.client = client;
    this.changed = changed;
  }

  /** Begins to watch, and returns before anything is known. */
  public void start() {
    SharedIndexInformer<Node> nodes = client.nodes().runnableInformer(0);
    nodes.itemStore(new PrunedNodes());
    nodes.addEventHandler(this);
    informer = nodes;
    nodes
        .start()
        .whenComplete(
            (ok, failure) -> {
              if (failure == null) {
                look();
              } else {
                log.warn("Cannot watch nodes, zones stay unknown: {}", failure.getMessage());
              }
            });
  }

  /** The zones as last seen. */
  public Places places() {
    return places;
  }

  @Override
  public void onAdd(Node node) {
    look();
  }

  @Override
  public void onUpdate(Node before, Node now) {
    look();
  }

  @Override
  public void onDelete(Node node, boolean unknown) {
    look();
  }

  private synchronized void look() {
    SharedIndexInformer<Node> nodes = informer;
    if (nodes == null || !nodes.hasSynced()) {
      return;
    }
    Places now = places(nodes.getStore().list());
    if (!now.equals(places)) {
      boolean told = !places.known() || !now.kinds().equals(places.kinds());
      places = now;
      if (told) {
        log.info("Zones with nodes that take pods: {}", now.usable());
        changed.run();
      }
    }
  }

  static Places places(List<Node> nodes) {
    return Places.of(nodes.stream().flatMap(NodeWatch::place).toList());
  }

  private static Stream<Place> place(Node node) {
    Map<String, String> labels = node.getMetadata().getLabels();
    String zone = labels == null ? null : labels.get(Places.ZONE);
    if (zone == null) {
      return Stream.empty();
    }
    List<Taint> taints =
        node.getSpec().getTaints() == null ? List.of() : node.getSpec().getTaints();
    boolean open = open(node) && taints.stream().noneMatch(NodeWatch::transitory);
    List<Taint> lasting = taints.stream().filter(taint -> !transitory(taint)).toList();
    return Stream.of(new Place(node.getMetadata().getName(), zone, open, labels, lasting));
  }

  private static boolean open(Node node) {
    boolean ready =
        node.getStatus() != null
            && node.getStatus().getConditions() != null
            && node.getStatus().getConditions().stream()
                .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    return ready
        && node.getMetadata().getDeletionTimestamp() == null
        && !Boolean.TRUE.equals(node.getSpec().getUnschedulable());
  }

  /** Set by the node controller while a node is in trouble or cordoned; nobody tolerates it. */
  private static boolean transitory(Taint taint) {
    return taint.getKey().startsWith("node.kubernetes.io/");
  }

  @Override
  public void close() {
    SharedIndexInformer<Node> nodes = informer;
    if (nodes != null) {
      nodes.stop();
    }
  }

  /** Drops what nobody reads: images alone are most of a node's size. */
  private static final class PrunedNodes extends BasicItemStore<Node> {
    PrunedNodes() {
      super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public Node put(String key, Node node) {
      node.setMetadata(
          new ObjectMetaBuilder(node.getMetadata())
              .withManagedFields()
              .withAnnotations(null)
              .build());
      if (node.getStatus() != null) {
        node.getStatus().setImages(null);
        node.getStatus().setVolumesInUse(null);
        node.getStatus().setVolumesAttached(null);
      }
      return super.put(key, node);
    }
  }
}
