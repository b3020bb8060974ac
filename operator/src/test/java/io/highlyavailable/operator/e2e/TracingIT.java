package io.highlyavailable.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.highlyavailable.operator.tracing.Attribute;
import io.highlyavailable.operator.tracing.OtlpReceiver;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator tells a collector of traces, read as the OTLP that it is. */
@WithRig
class TracingIT {
  private static final String BUCKET_ALONE =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec: {image: "example.com/app:1", storage: {s3: {}}}
      """;

  private static OperatorSettings traced(Stage stage, String collector) {
    return stage
        .ownSettings()
        .with("HAAPP_TRACING", "true")
        .with("OTEL_EXPORTER_OTLP_ENDPOINT", collector);
  }

  @Test
  void reconciliationsAndTheirCallsAreSentAsTraces(Rig rig, Stage stage) throws IOException {
    try (OtlpReceiver collector = new OtlpReceiver()) {
      OperatorProcess operator =
          stage.operator(
              traced(stage, collector.endpoint().toString()).with("HAAPP_LOG_FORMAT", "json"));
      AppRig app = stage.quickstart().awaitReady();
      Collection<String> secrets = secrets(app);
      // What was not sent yet is sent now.
      operator.stop();

      Traces traces = new Traces(collector.spans());
      traces.assertWhole();
      assertReconciliation(traces, app);
      assertCreation(traces, app);
      assertListing(traces);
      assertNothingSecret(traces, secrets);
      assertLogsAreFoundByTheirTrace(traces, operator);
    }
  }

  private static Collection<String> secrets(AppRig app) {
    return Stream.concat(
            app.secret("database").entrySet().stream(),
            app.secret("database-master").entrySet().stream())
        .filter(entry -> Set.of("password", "uri", "reader-uri").contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static void assertReconciliation(Traces traces, AppRig app) {
    Span last = traces.named("reconcile").getLast();
    assertThat(traces.named("reconcile")).allMatch(span -> span.getParentSpanId().isEmpty());
    assertThat(traces.named("reconcile"))
        .anySatisfy(
            span ->
                assertThat(Traces.attributes(span))
                    .containsEntry("k8s.namespace.name", app.namespace())
                    .containsEntry("highlyavailable.app.name", "shop")
                    .containsEntry("highlyavailable.app.generation", "1")
                    .containsEntry("highlyavailable.app.phase", "Ready"));
    assertThat(last.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
    for (String inside : List.of("plan", "write status", "apply Deployment", "create Secret")) {
      assertThat(traces.named(inside))
          .as(inside)
          .isNotEmpty()
          .allSatisfy(span -> assertThat(traces.parent(span).getName()).isEqualTo("reconcile"));
    }
  }

  private static void assertCreation(Traces traces, AppRig app) {
    Span call = traces.named("Rds.CreateDBInstance").getFirst();
    assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(Traces.attributes(call))
        .containsEntry("rpc.system", "aws-api")
        .containsEntry("rpc.service", "Rds")
        .containsEntry("rpc.method", "CreateDBInstance")
        .containsEntry("cloud.region", "us-east-1")
        .containsEntry("http.response.status_code", "200")
        .containsKey("aws.request_id");
    Span action = traces.parent(call);
    assertThat(action.getName()).isEqualTo("create database");
    assertThat(Traces.attributes(action))
        .containsEntry("highlyavailable.app.name", "shop")
        .containsEntry("highlyavailable.resource", app.aws().resource())
        .containsEntry("highlyavailable.attempt", "1");
    assertThat(traces.parent(action).getName()).isEqualTo("reconcile");
  }

  private static void assertListing(Traces traces) {
    List<Span> calls = traces.named("Rds.DescribeDBInstances");
    assertThat(calls)
        .isNotEmpty()
        .anySatisfy(call -> assertThat(traces.parent(call).getName()).startsWith("list "));
    assertThat(traces.all())
        .filteredOn(span -> span.getName().startsWith("list "))
        .isNotEmpty()
        .allMatch(span -> span.getParentSpanId().isEmpty());
  }

  private static void assertNothingSecret(Traces traces, Collection<String> secrets) {
    Set<String> known =
        Stream.of(Attribute.values()).map(Attribute::key).collect(Collectors.toSet());
    for (Span span : traces.all()) {
      assertThat(known).as(span.getName()).containsAll(Traces.attributes(span).keySet());
      assertThat(span.getEventsList()).as(span.getName()).isEmpty();
    }
    assertThat(secrets).hasSizeGreaterThan(2).allMatch(secret -> secret.length() > 15);
    assertThat(traces.all().toString()).doesNotContain(secrets).doesNotContain(AwsEmulator.ACCOUNT);
  }

  private static void assertLogsAreFoundByTheirTrace(Traces traces, OperatorProcess operator)
      throws IOException {
    Set<String> ids =
        traces.all().stream().map(span -> hex(span.getTraceId())).collect(Collectors.toSet());
    ObjectMapper mapper = new ObjectMapper();
    for (String line : Files.readAllLines(operator.logFile())) {
      JsonNode logged = mapper.readTree(line);
      if (logged.path("formattedMessage").asText().contains("database: create ")) {
        assertThat(ids).contains(logged.at("/mdc/trace_id").asText());
        return;
      }
    }
    throw new AssertionError("no line tells of the database's creation: " + operator.logTail());
  }

  /** Where no class of OpenTelemetry is loaded there is neither an exporter nor a thread of it. */
  @Test
  void nothingIsSentOrEvenLoadedUnlessItIsSwitchedOn(Stage stage, @TempDir Path directory)
      throws IOException {
    Path loaded = directory.resolve("loaded");
    try (OtlpReceiver collector = new OtlpReceiver()) {
      OperatorProcess operator =
          stage.operator(
              traced(stage, collector.endpoint().toString())
                  .with("HAAPP_TRACING", "false")
                  .withJavaOptions("-Xmx332m", "-Xlog:class+load:file=" + loaded));
      stage.apply(BUCKET_ALONE).awaitReady();
      operator.stop();
      assertThat(collector.requests()).isEmpty();
      try (Stream<String> classes = Files.lines(loaded)) {
        assertThat(classes)
            .anyMatch(line -> line.contains("io.highlyavailable.operator.tracing.Silence "))
            .noneMatch(line -> line.contains("io.opentelemetry."));
      }
    }
  }

  @Test
  void anAppBecomesReadyThoughNoCollectorIsThere(Stage stage) {
    OperatorProcess operator =
        stage.operator(traced(stage, "http://127.0.0.1:1").with("OTEL_BSP_SCHEDULE_DELAY", "100"));
    stage.apply(BUCKET_ALONE).awaitReady();
    assertThat(operator.metrics())
        .contains("haapp_reconcile_duration_seconds_count{operation=\"reconcile\"")
        .doesNotContain("result=\"failure\"");
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  /** Spans, found by name and by id. */
  private record Traces(List<Span> all, Map<String, Span> byId) {
    Traces(List<Span> all) {
      this(
          all,
          all.stream()
              .collect(Collectors.toMap(span -> hex(span.getSpanId()), Function.identity())));
    }

    List<Span> named(String name) {
      return all.stream().filter(span -> span.getName().equals(name)).toList();
    }

    /** Fails when it never arrived. */
    Span parent(Span span) {
      assertThat(byId).as("parent of %s", span).containsKey(hex(span.getParentSpanId()));
      return byId.get(hex(span.getParentSpanId()));
    }

    /** A listing that the stop of the operator found under way may lack its begin. */
    void assertWhole() {
      Set<ByteString> reconciliations =
          named("reconcile").stream().map(Span::getTraceId).collect(Collectors.toSet());
      assertThat(all)
          .filteredOn(span -> reconciliations.contains(span.getTraceId()))
          .filteredOn(span -> !span.getParentSpanId().isEmpty())
          .isNotEmpty()
          .allSatisfy(span -> assertThat(parent(span).getTraceId()).isEqualTo(span.getTraceId()));
    }

    static Map<String, String> attributes(Span span) {
      return OtlpReceiver.attributes(span.getAttributesList());
    }
  }
}
