package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * How long pods wait for a node that was lost. Kubernetes waits 5 minutes, which suits what has
 * state; these have none, and each minute costs a zone's share of the capacity.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions">
 *     Taint based evictions</a>
 */
final class LostNodes {
  /** On top of the 40 to 50 s after which a silent node counts as lost; a restart takes less. */
  private static final long SECONDS = 60;

  private static final List<String> TAINTS =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  private LostNodes() {}

  /** Adds what the user's own tolerations do not say. */
  static void tolerate(PodSpec pod) {
    List<Toleration> tolerations = new ArrayList<>(pod.getTolerations());
    for (String taint : TAINTS) {
      if (tolerations.stream().noneMatch(given -> covers(given, taint))) {
        tolerations.add(
            new TolerationBuilder()
                .withKey(taint)
                .withOperator("Exists")
                .withEffect("NoExecute")
                .withTolerationSeconds(SECONDS)
                .build());
      }
    }
    pod.setTolerations(tolerations);
  }

  private static boolean covers(Toleration given, String taint) {
    boolean anyKey = given.getKey() == null || given.getKey().isEmpty();
    boolean anyEffect = given.getEffect() == null || given.getEffect().isEmpty();
    return (anyKey || taint.equals(given.getKey()))
        && (anyEffect || "NoExecute".equals(given.getEffect()));
  }
}
