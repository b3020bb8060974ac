package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRulesBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricTarget;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricTargetBuilder;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scales the Deployment: up at once, down slowly, because a missing replica costs more. */
final class AutoscalerObject {
  /** One cycle of metrics-server. */
  private static final int UP_PERIOD_SECONDS = 15;

  private static final int DOWN_PERIOD_SECONDS = 60;

  /** What traffic last needed, when that is more than the spec's minimum; survives a restart. */
  private static final String FLOOR = "highlyavailable.io/traffic-floor";

  private AutoscalerObject() {}

  /**
   * @param floor the fewest replicas that traffic needs; 0 for an app that is not scaled on it
   */
  static HorizontalPodAutoscaler of(App app, Scale.Automatic scale, int floor) {
    int least = Math.clamp(floor, scale.minReplicas(), scale.maxReplicas());
    return new HorizontalPodAutoscalerBuilder()
        .withMetadata(metadata(app, scale, least))
        .withNewSpec()
        .withNewScaleTargetRef("apps/v1", "Deployment", app.identity().name())
        .withMinReplicas(least)
        .withMaxReplicas(scale.maxReplicas())
        .withMetrics(metrics(app, scale))
        .withNewBehavior()
        .withScaleUp(up())
        .withScaleDown(down((int) scale.scaleDownStabilization().toSeconds()))
        .endBehavior()
        .endSpec()
        .build();
  }

  private static ObjectMeta metadata(App app, Scale.Automatic scale, int least) {
    ObjectMeta metadata = AppMetadata.of(app);
    if (least > scale.minReplicas()) {
      metadata.setAnnotations(Map.of(FLOOR, Integer.toString(least)));
    }
    return metadata;
  }

  /**
   * The floor that an autoscaler was given for the traffic; 0 for none.
   *
   * @param observed the autoscaler, or null when there is none
   */
  static int floor(@Nullable HorizontalPodAutoscaler observed) {
    if (observed == null || observed.getMetadata().getAnnotations() == null) {
      return 0;
    }
    String floor = observed.getMetadata().getAnnotations().getOrDefault(FLOOR, "");
    return floor.matches("\\d{1,4}") ? Integer.parseInt(floor) : 0;
  }

  private static List<MetricSpec> metrics(App app, Scale.Automatic scale) {
    boolean sidecars = PodOverlay.addsContainers(app.workload().podTemplate());
    List<MetricSpec> metrics = new ArrayList<>();
    if (scale.cpuUtilizationPercentage() != null) {
      metrics.add(utilization("cpu", scale.cpuUtilizationPercentage(), sidecars));
    }
    if (scale.memoryUtilizationPercentage() != null) {
      metrics.add(utilization("memory", scale.memoryUtilizationPercentage(), sidecars));
    }
    return metrics;
  }

  /**
   * Of the app's container alone when there are others: a pod's average says little about the app,
   * and one sidecar without requests would stop the autoscaler.
   */
  private static MetricSpec utilization(String resource, int percentage, boolean sidecars) {
    MetricTarget target =
        new MetricTargetBuilder()
            .withType("Utilization")
            .withAverageUtilization(percentage)
            .build();
    return sidecars
        ? new MetricSpecBuilder()
            .withType("ContainerResource")
            .withNewContainerResource()
            .withContainer(PodObject.CONTAINER)
            .withName(resource)
            .withTarget(target)
            .endContainerResource()
            .build()
        : new MetricSpecBuilder()
            .withType("Resource")
            .withNewResource()
            .withName(resource)
            .withTarget(target)
            .endResource()
            .build();
  }

  /** Doubles, or adds 4, whichever is more, every 15 s. */
  private static HPAScalingRules up() {
    return new HPAScalingRulesBuilder()
        .withStabilizationWindowSeconds(0)
        .withSelectPolicy("Max")
        .addNewPolicy(UP_PERIOD_SECONDS, "Percent", 100)
        .addNewPolicy(UP_PERIOD_SECONDS, "Pods", 4)
        .build();
  }

  /** Takes a quarter, or 1, whichever is more, every minute once load has stayed low. */
  private static HPAScalingRules down(int stabilizationSeconds) {
    return new HPAScalingRulesBuilder()
        .withStabilizationWindowSeconds(stabilizationSeconds)
        .withSelectPolicy("Max")
        .addNewPolicy(DOWN_PERIOD_SECONDS, "Percent", 25)
        .addNewPolicy(DOWN_PERIOD_SECONDS, "Pods", 1)
        .build();
  }
}
