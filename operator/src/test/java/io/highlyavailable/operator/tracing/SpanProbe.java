package io.highlyavailable.operator.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the spans that ended. */
public final class SpanProbe {
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final Tracing tracing =
      new OpenTelemetryTracing(
          SdkTracerProvider.builder()
              .addSpanProcessor(SimpleSpanProcessor.create(exporter))
              .build(),
          "1");

  /** What to tell. */
  public Tracing tracing() {
    return tracing;
  }

  /** All spans, by when they ended. */
  public List<SpanData> spans() {
    return exporter.getFinishedSpanItems();
  }

  /** All spans of a name, by when they ended. */
  public List<SpanData> spans(String name) {
    return spans().stream().filter(span -> span.getName().equals(name)).toList();
  }

  /** The only span of a name. */
  public SpanData span(String name) {
    assertThat(spans(name)).as("%s of %s", name, spans()).hasSize(1);
    return spans(name).getFirst();
  }

  /** Of a span, by name. */
  public static Map<String, Object> attributes(SpanData span) {
    Map<String, Object> attributes = new TreeMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return attributes;
  }
}
