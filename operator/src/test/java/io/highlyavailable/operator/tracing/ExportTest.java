package io.highlyavailable.operator.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.highlyavailable.operator.config.InvalidConfigException;
import io.highlyavailable.operator.config.OperatorConfig;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportTest {
  private static OperatorConfig.Traces to(String endpoint, String share) {
    return new OperatorConfig.Traces(
        true, endpoint, "parentbased_traceidratio", share, "the-operator");
  }

  private static Tracing start(String endpoint, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(Export.properties(to(endpoint, "1")));
    properties.putAll(more);
    return Export.start("1.2.3", "prod-eu1", properties);
  }

  private static void work(Tracing tracing, int times) {
    for (int i = 0; i < times; i++) {
      tracing.run(
          Origin.NONE, "reconcile", span -> tracing.in("plan", inner -> Thread.currentThread()));
    }
  }

  @Test
  void sendsToACollectorWhatIsNotSentYetWhenItIsClosed() {
    try (OtlpReceiver collector = new OtlpReceiver()) {
      Tracing tracing = Export.start("1.2.3", "prod-eu1", to(collector.endpoint().toString(), "1"));
      work(tracing, 3);
      tracing.close();

      assertThat(collector.requests()).containsOnly("POST /v1/traces application/x-protobuf");
      assertThat(collector.spans())
          .extracting(Span::getName)
          .containsExactlyInAnyOrder("plan", "plan", "plan", "reconcile", "reconcile", "reconcile");
      var resource = collector.received().getFirst().getResource();
      assertThat(OtlpReceiver.attributes(resource.getAttributesList()))
          .contains(
              entry("service.name", "the-operator"),
              entry("service.version", "1.2.3"),
              entry("k8s.cluster.name", "prod-eu1"));
    }
  }

  @Test
  void sendsTheShareOfTracesThatTheSamplerSays() {
    try (OtlpReceiver collector = new OtlpReceiver()) {
      Tracing tracing = Export.start("1.2.3", "prod-eu1", to(collector.endpoint().toString(), "0"));
      work(tracing, 50);
      tracing.close();
      assertThat(collector.spans()).isEmpty();
    }
  }

  @Test
  void aCollectorThatIsNotThereKeepsNobodyWaiting() {
    Tracing tracing = start("http://127.0.0.1:1", Map.of("otel.bsp.schedule.delay", "50"));
    assertQuick(tracing);
  }

  @Test
  void aCollectorThatNeverAnswersKeepsNobodyWaiting() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Tracing tracing =
          start(
              "http://127.0.0.1:" + silent.getLocalPort(),
              Map.of("otel.bsp.schedule.delay", "50", "otel.bsp.max.queue.size", "512"));
      assertQuick(tracing);
    }
  }

  /** More work than the queue holds. */
  private static void assertQuick(Tracing tracing) {
    long began = System.nanoTime();
    work(tracing, 5_000);
    Duration worked = Duration.ofNanos(System.nanoTime() - began);
    tracing.close();
    Duration all = Duration.ofNanos(System.nanoTime() - began);

    assertThat(worked).isLessThan(Duration.ofSeconds(10));
    assertThat(all.minus(worked)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void refusesWhatOpenTelemetryCannotUse() {
    assertThatThrownBy(
            () -> start("http://127.0.0.1:1", Map.of("otel.exporter.otlp.timeout", "soon")).close())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContainingAll("HAAPP_TRACING", "otel.exporter.otlp.timeout");
  }
}
