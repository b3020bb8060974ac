package io.highlyavailable.operator;

import io.highlyavailable.operator.aws.CallListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** What the operator measures of itself. Labels are bounded: no app's name is among them. */
final class Metrics implements CallListener {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @SuppressWarnings("resource") // lives as long as the process
  Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmGcMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  /** Where everything is registered. */
  MeterRegistry registry() {
    return registry;
  }

  @Override
  public void called(String service, String operation, String code, Duration took) {
    Timer.builder("haapp.cloud.requests")
        .description("Calls to the cloud")
        .tag("service", service)
        .tag("operation", operation)
        .tag("code", code)
        .register(registry)
        .record(took);
  }

  /**
   * A verification of backups has ended.
   *
   * @param result {@code succeeded} or {@code failed}
   */
  void verified(String result) {
    Counter.builder("haapp.backup.verifications")
        .description("Verifications of backups that ended")
        .tag("result", result)
        .register(registry)
        .increment();
  }

  /** All of it in Prometheus's text format. */
  String scrape() {
    return registry.scrape();
  }
}
