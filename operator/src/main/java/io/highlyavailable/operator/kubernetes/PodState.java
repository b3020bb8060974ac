package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/** What is looked at of a pod of an app: where it is and whether it serves. */
public final class PodState {
  private static final String READY = "Ready";

  private PodState() {}

  /** Whether a pod is ready and stays. */
  public static boolean serves(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null && ready(pod);
  }

  /** Whether a pod is not over: an evicted one stays as a record of itself. */
  public static boolean lives(Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return !"Failed".equals(phase) && !"Succeeded".equals(phase);
  }

  /** Whether a pod is ready. */
  static boolean ready(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> READY.equals(c.getType()) && "True".equals(c.getStatus()));
  }

  /** Whether a change of a pod is news; of a Job's, anything is. */
  public static boolean news(Pod now, Pod before) {
    return ofJob(now)
        || serves(now) != serves(before)
        || lives(now) != lives(before)
        || !Objects.equals(now.getSpec().getNodeName(), before.getSpec().getNodeName());
  }

  /** Whether it is a Job's pod, of which more is looked at. */
  public static boolean ofJob(Pod pod) {
    return pod.getMetadata().getLabels() != null
        && pod.getMetadata().getLabels().containsKey(AppMetadata.JOB);
  }

  /** The pod without what nobody looks at: an app may have many, and they are large. */
  public static void prune(Pod pod) {
    if (ofJob(pod)) {
      return;
    }
    List<PodCondition> conditions =
        pod.getStatus() == null || pod.getStatus().getConditions() == null
            ? List.of()
            : pod.getStatus().getConditions().stream()
                .filter(condition -> READY.equals(condition.getType()))
                .toList();
    Pod small =
        new PodBuilder()
            .withNewSpec()
            .withNodeName(pod.getSpec() == null ? null : pod.getSpec().getNodeName())
            .endSpec()
            .withNewStatus()
            .withConditions(conditions)
            .withPhase(pod.getStatus() == null ? null : pod.getStatus().getPhase())
            .endStatus()
            .build();
    pod.setSpec(small.getSpec());
    pod.setStatus(small.getStatus());
    // Empty, not absent: the informer itself reads one.
    pod.getMetadata().setAnnotations(new HashMap<>());
  }
}
