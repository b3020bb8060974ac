package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How an app's pods or instances are spread over zones.
 *
 * @param known whether the zones are known
 * @param ready those that receive traffic, by zone
 * @param usable zones that they could be started in
 */
public record ZoneSpread(
    boolean known, SortedMap<String, Integer> ready, SortedSet<String> usable) {
  /** The zones are not known. */
  public static final ZoneSpread UNKNOWN = new ZoneSpread(false, new TreeMap<>(), new TreeSet<>());

  public ZoneSpread {
    ready = Collections.unmodifiableSortedMap(new TreeMap<>(ready));
    usable = Collections.unmodifiableSortedSet(new TreeSet<>(usable));
  }

  /**
   * Counts pods.
   *
   * @param pods the app's, in whatever state
   */
  public static ZoneSpread of(Collection<Pod> pods, Places places) {
    if (!places.known()) {
      return UNKNOWN;
    }
    SortedMap<String, Integer> ready = new TreeMap<>();
    for (Pod pod : pods) {
      String node = pod.getSpec().getNodeName();
      String zone = node == null ? "" : places.zone(node);
      if (!zone.isEmpty() && PodState.serves(pod)) {
        ready.merge(zone, 1, Integer::sum);
      }
    }
    return new ZoneSpread(true, ready, places.usable());
  }

  /** Those that receive traffic in a zone. */
  public int readyIn(String zone) {
    return ready.getOrDefault(zone, 0);
  }
}
