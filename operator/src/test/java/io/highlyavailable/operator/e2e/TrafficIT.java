package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.highlyavailable.api.v1alpha1.ScalingLimit;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import io.highlyavailable.testbed.cluster.MetricsServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pods that come and go with the requests that CloudWatch has of the load balancer. */
@WithRig
class TrafficIT {
  /** The autoscaler takes a quarter away every minute. */
  private static final Duration IN = Duration.ofSeconds(200);

  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec:
        image: ghcr.io/acme/shop:1
        scaling:
          minReplicas: 2
          maxReplicas: 8
          requestsPerSecondPerReplica: 50
          scaleDownStabilizationSeconds: 0
        availability: {zones: 2}
        ingress: {host: shop.example.com}
      """;

  private final Rig rig;

  TrafficIT(Rig rig) {
    this.rig = rig;
  }

  @Test
  void podsFollowTheRequestsAtTheLoadBalancerOutAndIn(Stage stage) {
    Optional<MetricsServer> metrics = rig.startMetricsServer();
    assumeThat(metrics).as("a cluster whose metrics are ours to make").isPresent();
    stage.operator();
    AppRig app = stage.apply(APP).awaitReady();
    assertThat(floor(app)).isEqualTo(2);
    Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    try (MetricsServer _ = metrics.orElseThrow()) {
      requests(app, minute.minus(4, ChronoUnit.MINUTES), 260);
      assertOut(app);
      ApiServerAudit.Mark mark = rig.audit().mark();
      for (int ago = 3; ago >= 1; ago--) {
        requests(app, minute.minus(ago, ChronoUnit.MINUTES), 30);
      }
      assertIn(app);
      assertThat(rig.audit().since(mark, rig.operatorUser()))
          .filteredOn(write -> write.namespace().equals(app.namespace()))
          .filteredOn(write -> write.resource().startsWith("horizontalpodautoscalers"))
          .as("one write, for the one change")
          .hasSize(1);
    }
  }

  private static void assertOut(AppRig app) {
    app.eventually(() -> assertThat(floor(app)).isEqualTo(6));
    app.eventually(
        () -> {
          assertThat(ready(app)).isEqualTo(6);
          assertThat(app.status().replicas()).isEqualTo(6);
          assertThat(app.status().scaling().desired()).isEqualTo(6);
          assertThat(app.status().scaling().limitedBy())
              .isEqualTo(ScalingLimit.REQUESTS_PER_SECOND);
          assertThat(app.status().scaling().message()).isNull();
        });
  }

  private static void assertIn(AppRig app) {
    app.eventually(() -> assertThat(floor(app)).isEqualTo(2));
    app.eventually(
        () ->
            assertThat(app.status().scaling().limitedBy())
                .isNotEqualTo(ScalingLimit.REQUESTS_PER_SECOND));
    await().atMost(IN).untilAsserted(() -> assertThat(ready(app)).isLessThanOrEqualTo(4));
    app.eventually(() -> assertThat(app.status().replicas()).isLessThanOrEqualTo(4));
  }

  private static int ready(AppRig app) {
    return app.the(Deployment.class).getStatus().getReadyReplicas();
  }

  private static int floor(AppRig app) {
    return app.the(HorizontalPodAutoscaler.class).getSpec().getMinReplicas();
  }

  /** What the load balancer reports of a minute. */
  private void requests(AppRig app, Instant minute, double perSecond) {
    String arn = app.component("load-balancer").id();
    String balancer = arn.substring(arn.indexOf("app/"));
    rig.aws()
        .cloudWatch()
        .putMetricData(
            it ->
                it.namespace("AWS/ApplicationELB")
                    .metricData(
                        data ->
                            data.metricName("RequestCount")
                                .dimensions(d -> d.name("LoadBalancer").value(balancer))
                                .timestamp(minute)
                                .value(perSecond * 60)));
  }
}
