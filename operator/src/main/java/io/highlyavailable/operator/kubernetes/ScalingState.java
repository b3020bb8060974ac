package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricValueStatus;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the autoscaler has come to, and why it did not come to less, or to more.
 *
 * @param desired replicas
 * @param limitedBy what holds them where they are
 * @param message what is wrong, in one stable line; empty when nothing is
 */
public record ScalingState(int desired, LimitedBy limitedBy, String message) {
  /** What holds the number of replicas where it is. */
  public enum LimitedBy {
    /** {@code scaling.minReplicas}: everything else asks for no more. */
    MIN_REPLICAS,
    /** {@code scaling.maxReplicas}: there could be more. */
    MAX_REPLICAS,
    /** The traffic at the load balancer. */
    REQUESTS_PER_SECOND,
    /** The use of CPU, now or within the stabilisation window. */
    CPU,
    /** The use of memory, now or within the stabilisation window. */
    MEMORY,
    /** The autoscaler gets no metrics, and leaves the replicas as they are. */
    NO_METRICS,
    /** A person, who switched the autoscaler off. */
    SWITCHED_OFF
  }

  /**
   * Reads it; empty for an app without an autoscaler, and until the autoscaler has looked.
   *
   * @param autoscaler as observed, or null when there is none
   * @param floor what traffic needs, or null for an app that is not scaled on it
   */
  public static Optional<ScalingState> of(
      App app, @Nullable HorizontalPodAutoscaler autoscaler, @Nullable TrafficFloor floor) {
    boolean looked =
        autoscaler != null
            && autoscaler.getStatus() != null
            && autoscaler.getStatus().getConditions() != null
            && !autoscaler.getStatus().getConditions().isEmpty();
    return looked && app.workload().scale() instanceof Scale.Automatic scale
        ? Optional.of(read(scale, autoscaler, floor))
        : Optional.empty();
  }

  private static ScalingState read(
      Scale.Automatic scale, HorizontalPodAutoscaler autoscaler, @Nullable TrafficFloor floor) {
    HorizontalPodAutoscalerStatus status = autoscaler.getStatus();
    Integer least = autoscaler.getSpec().getMinReplicas();
    int lowest = least == null ? 1 : least;
    int wanted = status.getDesiredReplicas() == null ? 0 : status.getDesiredReplicas();
    if (inactive(status, "ScalingDisabled")) {
      return new ScalingState(wanted, LimitedBy.SWITCHED_OFF, "");
    }
    // It raises the replicas to a new floor within seconds, before it says so.
    int desired = Math.max(wanted, lowest);
    String message =
        floor == null || floor.known()
            ? ""
            : "the load balancer's request count is missing: the floor of %d replicas is held"
                .formatted(lowest);
    return new ScalingState(desired, limit(scale, status, desired, lowest), message);
  }

  private static LimitedBy limit(
      Scale.Automatic scale, HorizontalPodAutoscalerStatus status, int desired, int lowest) {
    if (desired >= scale.maxReplicas()) {
      return LimitedBy.MAX_REPLICAS;
    }
    if (desired <= lowest && lowest > scale.minReplicas()) {
      return LimitedBy.REQUESTS_PER_SECOND;
    }
    if (inactive(status, null)) {
      return LimitedBy.NO_METRICS;
    }
    if (desired <= lowest) {
      return LimitedBy.MIN_REPLICAS;
    }
    return pressure(scale.memoryUtilizationPercentage(), status, "memory")
            > pressure(scale.cpuUtilizationPercentage(), status, "cpu")
        ? LimitedBy.MEMORY
        : LimitedBy.CPU;
  }

  private static boolean inactive(HorizontalPodAutoscalerStatus status, @Nullable String reason) {
    for (HorizontalPodAutoscalerCondition condition : status.getConditions()) {
      if ("ScalingActive".equals(condition.getType())) {
        return "False".equals(condition.getStatus())
            && (reason == null || reason.equals(condition.getReason()));
      }
    }
    return false;
  }

  /** How many replicas a resource asks for, as a multiple of those there are. */
  private static double pressure(
      @Nullable Integer target, HorizontalPodAutoscalerStatus status, String resource) {
    List<MetricStatus> metrics = status.getCurrentMetrics();
    if (target == null || metrics == null) {
      return 0;
    }
    return metrics.stream()
        .flatMap(metric -> use(metric, resource).stream())
        .filter(current -> current.getAverageUtilization() != null)
        .mapToDouble(current -> (double) current.getAverageUtilization() / target)
        .max()
        .orElse(0);
  }

  private static Optional<MetricValueStatus> use(MetricStatus metric, String resource) {
    if (metric.getResource() != null && resource.equals(metric.getResource().getName())) {
      return Optional.ofNullable(metric.getResource().getCurrent());
    }
    return metric.getContainerResource() != null
            && resource.equals(metric.getContainerResource().getName())
        ? Optional.ofNullable(metric.getContainerResource().getCurrent())
        : Optional.empty();
  }
}
