package io.highlyavailable.operator.metrics;

import io.highlyavailable.operator.aws.CallListener;
import io.highlyavailable.operator.aws.CloudCall;
import io.highlyavailable.operator.engine.CloudLoad;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What the operator measures of itself. Labels are bounded: of what tenants write, only an app's
 * namespace and name are among them, and those series end with the app.
 */
public final class Metrics implements CallListener {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final InstantSource clock;
  private final AppSeries apps;
  private final AtomicInteger leader = new AtomicInteger();

  /** Measures by the system's clock. */
  public Metrics() {
    this(InstantSource.system());
  }

  /**
   * @param clock the time, from which ages are told
   */
  @SuppressWarnings("resource") // lives as long as the process
  public Metrics(InstantSource clock) {
    this.clock = clock;
    this.apps = new AppSeries(clock);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("haapp.leader", leader, AtomicInteger::get)
        .description("1 while this process is the one that acts")
        .register(registry);
    // A counter that begins with its first event has no increase to be told of.
    verifications("succeeded");
    verifications("failed");
    registry.getPrometheusRegistry().register(apps);
  }

  /** Where everything is registered. */
  public MeterRegistry registry() {
    return registry;
  }

  /** What is told of each app. */
  public AppSeries apps() {
    return apps;
  }

  /**
   * Tells what there is to do from now on, asking anew at each scrape.
   *
   * @param reconciliations how many wait to begin
   */
  public void watch(IntSupplier reconciliations, Supplier<CloudLoad> load) {
    registry.getPrometheusRegistry().register(new CloudSeries(reconciliations, load, clock));
  }

  /**
   * This process acts, or does no more.
   *
   * @param acts whether it does
   */
  public void leading(boolean acts) {
    leader.set(acts ? 1 : 0);
  }

  @Override
  public void called(CloudCall call) {
    Counter.builder("haapp.cloud.requests")
        .description("Calls to the cloud that ended")
        .tag("service", call.service())
        .tag("operation", call.operation())
        .tag("code", call.code())
        .register(registry)
        .increment();
    Timer.builder("haapp.cloud.request.duration")
        .description("From a call to the cloud to its answer")
        .tag("service", call.service())
        .tag("operation", call.operation())
        .register(registry)
        .record(call.took());
  }

  /**
   * A verification of backups has ended.
   *
   * @param result {@code succeeded} or {@code failed}
   */
  public void verified(String result) {
    verifications(result).increment();
  }

  private Counter verifications(String result) {
    return Counter.builder("haapp.backup.verifications")
        .description("Verifications of backups that ended")
        .tag("result", result)
        .register(registry);
  }

  /** All of it in Prometheus's text format. */
  public String scrape() {
    return registry.scrape();
  }
}
