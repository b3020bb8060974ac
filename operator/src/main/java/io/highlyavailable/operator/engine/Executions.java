package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.tracing.Origin;
import io.highlyavailable.operator.tracing.Tracing;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Measures and traces each reconciliation, and tells which apps are gone. */
public final class Executions implements Metrics {
  /**
   * A reconciliation waits for nothing but the API server: most take milliseconds, and one that
   * takes seconds is news.
   */
  private static final Duration[] BUCKETS =
      LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Consumer<AppKey> gone;
  private final Tracing tracing;

  /**
   * @param registry where durations are kept
   * @param gone told of each app that is no more
   * @param tracing told of each reconciliation
   */
  public Executions(MeterRegistry registry, Consumer<AppKey> gone, Tracing tracing) {
    this.registry = registry;
    this.gone = gone;
    this.tracing = tracing;
  }

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    return tracing.in(
        Origin.NONE,
        execution.name(),
        span -> {
          span.of(key(execution.resourceID()));
          return timed(execution);
        });
  }

  private <T> T timed(ControllerExecution<T> execution) throws Exception {
    long began = System.nanoTime();
    boolean done = false;
    try {
      T result = execution.execute();
      done = true;
      return result;
    } finally {
      duration(execution.name(), done).record(Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private Timer duration(String operation, boolean done) {
    return Timer.builder("haapp.reconcile.duration")
        .description("Reconciliations of an app, from their begin to their end")
        .tag("operation", operation)
        .tag("result", done ? "success" : "failure")
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  @Override
  public void cleanupDoneFor(ResourceID resource, Map<String, Object> metadata) {
    gone.accept(key(resource));
  }

  private static AppKey key(ResourceID resource) {
    return new AppKey(resource.getNamespace().orElse(""), resource.getName());
  }
}
