package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.kubernetes.ScalingState.LimitedBy;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingStateTest {
  private static final App APP =
      SampleApp.named("shop")
          .scale(new Scale.Automatic(3, 10, 70, 80, Duration.ofMinutes(5), 50))
          .build();

  private static HorizontalPodAutoscaler autoscaler(
      int least, int desired, boolean active, String reason, int cpu, int memory) {
    return new HorizontalPodAutoscalerBuilder()
        .withNewSpec()
        .withMinReplicas(least)
        .withMaxReplicas(10)
        .endSpec()
        .withNewStatus()
        .withDesiredReplicas(desired)
        .addNewCondition()
        .withType("AbleToScale")
        .withStatus("True")
        .endCondition()
        .addNewCondition()
        .withType("ScalingActive")
        .withStatus(active ? "True" : "False")
        .withReason(reason)
        .endCondition()
        .addNewCurrentMetric()
        .withNewResource()
        .withName("cpu")
        .withNewCurrent()
        .withAverageUtilization(cpu)
        .endCurrent()
        .endResource()
        .endCurrentMetric()
        .addNewCurrentMetric()
        .withNewContainerResource()
        .withName("memory")
        .withNewCurrent()
        .withAverageUtilization(memory)
        .endCurrent()
        .endContainerResource()
        .endCurrentMetric()
        .endStatus()
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3,  true,  ValidMetricFound,        20, 20, 3,  MIN_REPLICAS",
    "3, 3,  false, FailedGetResourceMetric, 20, 20, 3,  NO_METRICS",
    "3, 5,  true,  ValidMetricFound,        70, 20, 5,  CPU",
    "3, 5,  true,  ValidMetricFound,        60, 79, 5,  MEMORY",
    "3, 5,  false, FailedGetResourceMetric, 20, 20, 5,  NO_METRICS",
    "5, 5,  true,  ValidMetricFound,        20, 20, 5,  REQUESTS_PER_SECOND",
    "5, 5,  false, FailedGetResourceMetric, 20, 20, 5,  REQUESTS_PER_SECOND",
    "5, 3,  true,  ValidMetricFound,        20, 20, 5,  REQUESTS_PER_SECOND",
    "5, 8,  true,  ValidMetricFound,        90, 20, 8,  CPU",
    "3, 10, true,  ValidMetricFound,        90, 20, 10, MAX_REPLICAS",
    "10, 10, true, ValidMetricFound,        20, 20, 10, MAX_REPLICAS",
    "3, 0,  false, ScalingDisabled,         20, 20, 0,  SWITCHED_OFF",
  })
  void says(
      int least,
      int desired,
      boolean active,
      String reason,
      int cpu,
      int memory,
      int shown,
      LimitedBy limit) {
    assertThat(
            ScalingState.of(
                APP,
                autoscaler(least, desired, active, reason, cpu, memory),
                new TrafficFloor(least, true)))
        .contains(new ScalingState(shown, limit, ""));
  }

  @Test
  void tellsThatTrafficIsNotKnown() {
    HorizontalPodAutoscaler autoscaler = autoscaler(5, 5, true, "ValidMetricFound", 20, 20);
    assertThat(ScalingState.of(APP, autoscaler, new TrafficFloor(5, false)).orElseThrow().message())
        .isEqualTo("the load balancer's request count is missing: the floor of 5 replicas is held");
    assertThat(ScalingState.of(APP, autoscaler, null).orElseThrow().message()).isEmpty();
  }

  @Test
  void saysNothingWithoutAnAutoscalerThatHasLooked() {
    HorizontalPodAutoscaler autoscaler = autoscaler(3, 3, true, "ValidMetricFound", 20, 20);
    assertThat(ScalingState.of(APP, null, null)).isEmpty();
    assertThat(
            ScalingState.of(
                APP, autoscaler.edit().withStatus(null).build(), new TrafficFloor(3, true)))
        .isEmpty();
    assertThat(
            ScalingState.of(
                APP,
                autoscaler.edit().editStatus().withConditions().endStatus().build(),
                new TrafficFloor(3, true)))
        .isEmpty();
    assertThat(ScalingState.of(SampleApp.named("fixed").build(), autoscaler, null)).isEmpty();
  }
}
