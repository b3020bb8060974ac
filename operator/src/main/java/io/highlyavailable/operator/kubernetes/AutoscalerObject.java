package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRulesBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import java.util.ArrayList;
import java.util.List;

/** Scales the Deployment: up at once, down slowly, because a missing replica costs more. */
final class AutoscalerObject {
  /** One cycle of metrics-server. */
  private static final int UP_PERIOD_SECONDS = 15;

  private static final int DOWN_PERIOD_SECONDS = 60;

  private AutoscalerObject() {}

  static HorizontalPodAutoscaler of(App app, Scale.Automatic scale) {
    return new HorizontalPodAutoscalerBuilder()
        .withMetadata(AppMetadata.of(app))
        .withNewSpec()
        .withNewScaleTargetRef("apps/v1", "Deployment", app.identity().name())
        .withMinReplicas(scale.minReplicas())
        .withMaxReplicas(scale.maxReplicas())
        .withMetrics(metrics(scale))
        .withNewBehavior()
        .withScaleUp(up())
        .withScaleDown(down((int) scale.scaleDownStabilization().toSeconds()))
        .endBehavior()
        .endSpec()
        .build();
  }

  private static List<MetricSpec> metrics(Scale.Automatic scale) {
    List<MetricSpec> metrics = new ArrayList<>();
    if (scale.cpuUtilizationPercentage() != null) {
      metrics.add(utilization("cpu", scale.cpuUtilizationPercentage()));
    }
    if (scale.memoryUtilizationPercentage() != null) {
      metrics.add(utilization("memory", scale.memoryUtilizationPercentage()));
    }
    return metrics;
  }

  private static MetricSpec utilization(String resource, int percentage) {
    return new MetricSpecBuilder()
        .withType("Resource")
        .withNewResource()
        .withName(resource)
        .withNewTarget()
        .withType("Utilization")
        .withAverageUtilization(percentage)
        .endTarget()
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
