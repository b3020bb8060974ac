package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.model.App;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pod to move when zones are unevenly filled. The scheduler places pods and never moves
 * them: when a lost zone returns, it stays empty until pods are started anew.
 *
 * @param pod the one to evict, of the fullest zone
 * @param from its zone
 * @param to the emptiest zone
 * @param unevenness the sum of the squares of the pods in each zone, which a move that works makes
 *     less
 */
public record Rebalance(Pod pod, String from, String to, int unevenness) {
  /** As the pods' topology spread constraint has it. */
  private static final int MAX_SKEW = 1;

  /**
   * The next move; empty while all is even.
   *
   * @param pods the app's, {@linkplain #settled settled}
   * @param places where they may be
   */
  public static Optional<Rebalance> next(App app, Collection<Pod> pods, Places places) {
    boolean wanted =
        app.workload().availability().rebalance()
            && app.workload().availability().zones() > 1
            && places.usable().size() > 1;
    if (!wanted || pods.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, Integer> filled = filled(pods, places);
    String fullest = filled.entrySet().stream().max(Map.Entry.comparingByValue()).get().getKey();
    String emptiest =
        places.usable().stream().min(Comparator.comparing(zone -> filled.get(zone))).get();
    if (filled.get(fullest) - filled.get(emptiest) <= MAX_SKEW) {
      return Optional.empty();
    }
    int unevenness = filled.values().stream().mapToInt(n -> n * n).sum();
    return Optional.of(
        new Rebalance(surplus(pods, places, fullest), fullest, emptiest, unevenness));
  }

  /**
   * Whether nothing else is going on: no rollout, no pods that start or stop, none too few.
   *
   * @param deployment as observed, or null when there is none
   * @param pods the app's
   */
  public static boolean settled(App app, @Nullable Deployment deployment, Collection<Pod> pods) {
    if (deployment == null) {
      return false;
    }
    WorkloadState state = WorkloadState.of(app, deployment, null);
    Integer wanted = deployment.getSpec().getReplicas();
    return state.readiness() instanceof Readiness.Ready
        && wanted != null
        && state.replicas() == wanted
        && state.readyReplicas() == wanted
        && pods.size() == wanted
        && pods.stream().allMatch(PodState::serves);
  }

  private static SortedMap<String, Integer> filled(Collection<Pod> pods, Places places) {
    SortedMap<String, Integer> filled = new TreeMap<>();
    places.usable().forEach(zone -> filled.put(zone, 0));
    pods.forEach(pod -> filled.merge(zone(pod, places), 1, Integer::sum));
    return filled;
  }

  private static String zone(Pod pod, Places places) {
    return places.zone(pod.getSpec().getNodeName());
  }

  /** Of the node with most of them, the youngest: it has the least to lose. */
  private static Pod surplus(Collection<Pod> pods, Places places, String zone) {
    Map<String, Long> byNode =
        pods.stream()
            .collect(
                Collectors.groupingBy(pod -> pod.getSpec().getNodeName(), Collectors.counting()));
    return pods.stream()
        .filter(pod -> zone(pod, places).equals(zone))
        .max(
            Comparator.<Pod, Long>comparing(pod -> byNode.get(pod.getSpec().getNodeName()))
                .thenComparing(pod -> pod.getMetadata().getCreationTimestamp())
                .thenComparing(pod -> pod.getMetadata().getName()))
        .orElseThrow();
  }
}
