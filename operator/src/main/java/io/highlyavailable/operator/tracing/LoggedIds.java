package io.highlyavailable.operator.tracing;

import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids of the span under way, on each line that is logged meanwhile. Their names are those that
 * OpenTelemetry gives them in logs of other formats than its own.
 *
 * @param trace the trace's id before, or null
 * @param span the span's id before, or null
 */
record LoggedIds(@Nullable String trace, @Nullable String span) implements AutoCloseable {
  private static final String TRACE = "trace_id";
  private static final String SPAN = "span_id";

  static LoggedIds of(SpanContext now) {
    LoggedIds before = new LoggedIds(MDC.get(TRACE), MDC.get(SPAN));
    MDC.put(TRACE, now.getTraceId());
    MDC.put(SPAN, now.getSpanId());
    return before;
  }

  @Override
  public void close() {
    put(TRACE, trace);
    put(SPAN, span);
  }

  private static void put(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
