package io.highlyavailable.operator.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.plan.Backups;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The series of each app: they begin with its first reconciliation and end when it is gone. A
 * process that does not act reconciles nothing and so has none.
 */
public final class AppSeries implements MultiCollector {
  private static final Map<Phase, String> WORDS =
      Stream.of(Phase.values()).collect(Collectors.toMap(phase -> phase, AppSeries::read));

  private final InstantSource clock;
  private final Map<AppKey, AppFacts> apps = new ConcurrentHashMap<>();

  AppSeries(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * An app was looked at.
   *
   * @param now its status, whether or not it is written
   * @param backups to when its data can be brought back, as far as it is known now
   */
  public void seen(AppKey app, HighlyAvailableAppStatus now, Backups backups) {
    apps.compute(app, (key, before) -> AppFacts.of(before, now, backups));
  }

  /** An app is gone. */
  public void forget(AppKey app) {
    apps.remove(app);
  }

  @Override
  public List<String> getPrometheusNames() {
    return List.of(
        "haapp_component_ready", "haapp_app_phase", "haapp_drift", "haapp_backup_age_seconds");
  }

  @Override
  public MetricSnapshots collect() {
    GaugeSnapshot.Builder ready =
        GaugeSnapshot.builder()
            .name("haapp_component_ready")
            .help("1 when a component of an app does its work, else 0");
    GaugeSnapshot.Builder phase =
        GaugeSnapshot.builder().name("haapp_app_phase").help("1 for the phase that an app is in");
    CounterSnapshot.Builder drift =
        CounterSnapshot.builder()
            .name("haapp_drift")
            .help("Settings of a component that others changed since this process first saw it");
    GaugeSnapshot.Builder age =
        GaugeSnapshot.builder()
            .name("haapp_backup_age_seconds")
            .help("How far back from now the newest state is that a database can be brought to");
    apps.forEach(
        (app, facts) -> {
          phase.dataPoint(gauge(labels(app, "phase", word(facts.phase())), 1));
          facts.ready().forEach((name, is) -> ready.dataPoint(ready(app, name, is)));
          facts.drifts().forEach((name, count) -> drift.dataPoint(drift(app, name, count)));
          age(app, "region", facts.backups().latest(), age);
          age(app, "recovery", facts.backups().copied(), age);
        });
    return new MetricSnapshots(ready.build(), phase.build(), drift.build(), age.build());
  }

  private void age(
      AppKey app, String place, @Nullable Instant restorable, GaugeSnapshot.Builder ages) {
    if (restorable != null) {
      Duration age = Duration.between(restorable, clock.instant());
      ages.dataPoint(gauge(labels(app, "place", place), age.toMillis() / 1000.0));
    }
  }

  private static GaugeDataPointSnapshot ready(AppKey app, String component, boolean is) {
    return gauge(labels(app, "component", component), is ? 1 : 0);
  }

  private static CounterDataPointSnapshot drift(AppKey app, String component, long count) {
    return CounterDataPointSnapshot.builder()
        .labels(labels(app, "component", component))
        .value(count)
        .build();
  }

  private static GaugeDataPointSnapshot gauge(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static Labels labels(AppKey app, String label, String value) {
    return Labels.of("namespace", app.namespace(), "name", app.name(), label, value);
  }

  /** As the API writes it. */
  /** A phase as the API has it, such as {@code Ready}. */
  public static String word(Phase phase) {
    return WORDS.get(phase);
  }

  private static String read(Phase phase) {
    try {
      return Phase.class.getField(phase.name()).getAnnotation(JsonProperty.class).value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
