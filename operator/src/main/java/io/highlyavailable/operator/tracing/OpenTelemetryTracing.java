package io.highlyavailable.operator.tracing;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CloudCall;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Spans of OpenTelemetry's. */
final class OpenTelemetryTracing implements Tracing {
  /** What the pod's grace period has beside the operator's own stop. */
  private static final Duration FLUSH = Duration.ofSeconds(5);

  /** What an ARN says before what it names: partition, service, region and account. */
  private static final Pattern ARN_PREFIX =
      Pattern.compile("arn:[a-z-]+:[a-z0-9-]*:[a-z0-9-]*:\\d*:");

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /** Closes {@code provider} when it is closed. */
  OpenTelemetryTracing(SdkTracerProvider provider, String version) {
    this.provider = provider;
    this.tracer =
        provider
            .tracerBuilder("io.highlyavailable.operator")
            .setInstrumentationVersion(version)
            .build();
  }

  private record Inside(Context context) implements Origin {}

  /** A span that still runs. */
  private record Recorded(io.opentelemetry.api.trace.Span span) implements Span {
    @Override
    public void set(Attribute attribute, String value) {
      span.setAttribute(attribute.key(), ARN_PREFIX.matcher(value).replaceAll(""));
    }

    @Override
    public void set(Attribute attribute, long value) {
      span.setAttribute(attribute.key(), value);
    }

    @Override
    public void failed(String code) {
      set(Attribute.ERROR, code);
      span.setStatus(StatusCode.ERROR);
    }
  }

  @Override
  public <T, X extends Exception> T in(Origin origin, String name, Work<T, X> work) throws X {
    Context parent = origin instanceof Inside(Context context) ? context : Context.root();
    var span = tracer.spanBuilder(name).setParent(parent).startSpan();
    Recorded recorded = new Recorded(span);
    try (Scope _ = parent.with(span).makeCurrent();
        LoggedIds _ = LoggedIds.of(span.getSpanContext())) {
      return work.run(recorded);
    } catch (Throwable e) {
      // Its message may quote what nobody but the operator may know; the log has it.
      recorded.failed(e.getClass().getName());
      throw e;
    } finally {
      span.end();
    }
  }

  @Override
  public Origin here() {
    return new Inside(Context.current());
  }

  @Override
  public Span current() {
    return new Recorded(io.opentelemetry.api.trace.Span.current());
  }

  /** Named as the semantic conventions for AWS's SDK have it. */
  @Override
  public void called(CloudCall call) {
    Instant end = Instant.now();
    var span =
        tracer
            .spanBuilder(call.title() + "." + call.operation())
            .setSpanKind(SpanKind.CLIENT)
            .setStartTimestamp(end.minus(call.took()))
            .setAttribute(Attribute.RPC_SYSTEM.key(), "aws-api")
            .setAttribute(Attribute.RPC_SERVICE.key(), call.title())
            .setAttribute(Attribute.RPC_METHOD.key(), call.operation())
            .setAttribute(Attribute.CLOUD_PROVIDER.key(), "aws")
            .setAttribute(Attribute.CLOUD_REGION.key(), call.region())
            .setAttribute(Attribute.RESENDS.key(), 0)
            .startSpan();
    Recorded recorded = new Recorded(span);
    if (call.status() > 0) {
      recorded.set(Attribute.HTTP_STATUS, call.status());
    }
    if (!call.requestId().isEmpty()) {
      recorded.set(Attribute.REQUEST_ID, call.requestId());
    }
    if (!call.code().equals(CallListener.OK)) {
      recorded.failed(call.code());
    }
    span.end(end);
  }

  @Override
  public void close() {
    provider.shutdown().join(FLUSH.toMillis(), TimeUnit.MILLISECONDS);
  }
}
