package io.highlyavailable.operator.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highlyavailable.operator.aws.CloudCall;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.testbed.build.Checkout;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

class OpenTelemetryTracingTest {
  private final SpanProbe probe = new SpanProbe();
  private final Tracing tracing = probe.tracing();

  private static CloudCall call(String code, int status, String requestId) {
    return new CloudCall(
        "rds",
        "Rds",
        "CreateDBInstance",
        "eu-west-1",
        code,
        status,
        requestId,
        Duration.ofMillis(250));
  }

  @Test
  void workInsideWorkIsInItsTrace() {
    String result =
        tracing.in(
            Origin.NONE,
            "reconcile",
            span -> {
              span.of(new AppKey("prod", "shop"));
              tracing.current().set(Attribute.GENERATION, 7);
              return tracing.in("plan", inner -> "planned");
            });

    assertThat(result).isEqualTo("planned");
    SpanData outer = probe.span("reconcile");
    SpanData inner = probe.span("plan");
    assertThat(outer.getParentSpanContext().isValid()).isFalse();
    assertThat(inner.getParentSpanId()).isEqualTo(outer.getSpanId());
    assertThat(inner.getTraceId()).isEqualTo(outer.getTraceId());
    assertThat(SpanProbe.attributes(outer))
        .isEqualTo(
            Map.of(
                "k8s.namespace.name", "prod",
                "highlyavailable.app.name", "shop",
                "highlyavailable.app.generation", 7L));
  }

  @Test
  void workGoesOnInAnotherThreadsTrace() throws InterruptedException {
    Origin[] here = {Origin.NONE};
    tracing.run(Origin.NONE, "reconcile", span -> here[0] = tracing.here());
    Thread.ofVirtual().start(() -> tracing.run(here[0], "create", span -> {})).join();

    assertThat(probe.span("create").getParentSpanId())
        .isEqualTo(probe.span("reconcile").getSpanId());
  }

  @Test
  void aTraceOfItsOwnIsBegunInsideOtherWork() {
    tracing.run(Origin.NONE, "outer", o -> tracing.run(Origin.NONE, "inner", i -> {}));
    assertThat(probe.span("inner").getTraceId()).isNotEqualTo(probe.span("outer").getTraceId());
  }

  @Test
  void anExceptionIsToldByItsTypeWithoutItsMessage() {
    assertThatThrownBy(
            () ->
                tracing.in(
                    Origin.NONE,
                    "reconcile",
                    span -> {
                      throw new IOException("password=hunter2");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("password=hunter2");

    SpanData span = probe.span("reconcile");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(SpanProbe.attributes(span)).isEqualTo(Map.of("error.type", "java.io.IOException"));
    assertThat(span.toString()).doesNotContain("hunter2");
  }

  @Test
  void noAccountIsNamed() {
    tracing.run(
        Origin.NONE,
        "create node-access",
        span -> span.set(Attribute.RESOURCE, "arn:aws:iam::111122223333:role/apps/ha-shop"));
    assertThat(SpanProbe.attributes(probe.span("create node-access")))
        .isEqualTo(Map.of("highlyavailable.resource", "role/apps/ha-shop"));
  }

  @Test
  void aCallToTheCloudIsAClientsSpanAsTheConventionsHaveIt() {
    tracing.run(Origin.NONE, "create database", span -> tracing.called(call("OK", 200, "id-1")));

    SpanData span = probe.span("Rds.CreateDBInstance");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getParentSpanId()).isEqualTo(probe.span("create database").getSpanId());
    assertThat(span.getEndEpochNanos() - span.getStartEpochNanos())
        .isEqualTo(Duration.ofMillis(250).toNanos());
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(SpanProbe.attributes(span))
        .isEqualTo(
            Map.of(
                "rpc.system", "aws-api",
                "rpc.service", "Rds",
                "rpc.method", "CreateDBInstance",
                "cloud.provider", "aws",
                "cloud.region", "eu-west-1",
                "http.response.status_code", 200L,
                "http.request.resend_count", 0L,
                "aws.request_id", "id-1"));
  }

  @Test
  void aCallThatFailsHasTheProvidersCode() {
    tracing.called(call("Throttling", 400, "id-1"));

    SpanData span = probe.span("Rds.CreateDBInstance");
    assertThat(span.getParentSpanContext().isValid()).isFalse();
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(SpanProbe.attributes(span))
        .containsEntry("error.type", "Throttling")
        .containsEntry("http.response.status_code", 400L);
  }

  @Test
  void aCallWithoutAnAnswerHasNoStatus() {
    tracing.called(call("SdkClientException", 0, ""));

    assertThat(SpanProbe.attributes(probe.span("Rds.CreateDBInstance")))
        .containsEntry("error.type", "SdkClientException")
        .doesNotContainKeys("http.response.status_code", "aws.request_id");
  }

  @Test
  void linesThatAreLoggedMeanwhileHaveTheIds() {
    tracing.run(
        Origin.NONE,
        "outer",
        outer -> {
          String id = MDC.get("span_id");
          tracing.in("inner", inner -> assertThat(MDC.get("span_id")).isNotEqualTo(id));
          assertThat(MDC.get("span_id")).isEqualTo(id);
        });
    assertThat(MDC.get("trace_id")).isNull();
    assertThat(MDC.get("span_id")).isNull();
  }

  @Test
  void nothingIsToldWhereNobodyListens() {
    Tracing off = Tracing.OFF;
    assertThat(off.<String, RuntimeException>in("plan", span -> "" + (span == Span.NONE)))
        .isEqualTo("true");
    off.run(Origin.NONE, "work", span -> span.of(new AppKey("prod", "shop")));
    off.called(call("OK", 200, "id-1"));
    off.close();
    assertThat(off.here()).isSameAs(Origin.NONE);
    assertThat(off.current()).isSameAs(Span.NONE);
    assertThat(MDC.get("trace_id")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void everyAttributeIsDocumented(Attribute attribute) {
    assertThat(Checkout.find().file("docs/operations.md"))
        .content()
        .contains("`" + attribute.key() + "`");
  }
}
