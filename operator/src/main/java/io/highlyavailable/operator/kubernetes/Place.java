package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Map;

/**
 * A node.
 *
 * @param node its name
 * @param zone its zone
 * @param open whether it is ready and takes pods
 * @param labels its labels
 * @param taints who may not run on it
 */
public record Place(
    String node, String zone, boolean open, Map<String, String> labels, List<Taint> taints) {
  public Place {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
  }
}
