package io.highlyavailable.operator.kubernetes;

import io.highlyavailable.operator.model.App;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where pods can run: the nodes and their zones.
 *
 * @param known whether the operator may look at nodes and has
 * @param places by the node's name; nodes without a zone are left out
 */
public record Places(boolean known, SortedMap<String, Place> places) {
  /** The label of a node that names its zone. */
  public static final String ZONE = "topology.kubernetes.io/zone";

  /** Nothing is known of nodes. */
  public static final Places UNKNOWN = new Places(false, new TreeMap<>());

  public Places {
    places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
  }

  /** Nodes that were looked at. */
  public static Places of(List<Place> nodes) {
    return new Places(
        true, new TreeMap<>(nodes.stream().collect(Collectors.toMap(Place::node, node -> node))));
  }

  /** The nodes that the pods of an app may be on. */
  public Places of(App app) {
    if (!known) {
      return this;
    }
    Placement placement = Placement.of(app.workload().podTemplate());
    return of(places.values().stream().filter(placement::allows).toList());
  }

  /** The zone of a node; empty for one that is not among these. */
  public String zone(String node) {
    Place place = places.get(node);
    return place == null ? "" : place.zone();
  }

  /** Zones with a node that is ready and takes pods. */
  public SortedSet<String> usable() {
    return places.values().stream()
        .filter(Place::open)
        .map(Place::zone)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What of it an app with any placement may care for, without the single nodes. */
  public SortedSet<String> kinds() {
    return places.values().stream()
        .filter(Place::open)
        .map(place -> place.zone() + " " + new TreeMap<>(taintKeys(place)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> taintKeys(Place place) {
    return place.taints().stream()
        .collect(
            Collectors.toMap(taint -> taint.getKey(), taint -> taint.getEffect(), (a, b) -> a));
  }
}
