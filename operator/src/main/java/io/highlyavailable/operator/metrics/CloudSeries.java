package io.highlyavailable.operator.metrics;

import io.highlyavailable.operator.engine.CloudLoad;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** How much the engine has to do, and how old what it knows of clouds is. */
final class CloudSeries implements MultiCollector {
  private final IntSupplier reconciliations;
  private final Supplier<CloudLoad> load;
  private final InstantSource clock;

  /**
   * @param reconciliations how many wait to begin
   */
  CloudSeries(IntSupplier reconciliations, Supplier<CloudLoad> load, InstantSource clock) {
    this.reconciliations = reconciliations;
    this.load = load;
    this.clock = clock;
  }

  @Override
  public List<String> getPrometheusNames() {
    return List.of("haapp_queue_depth", "haapp_actions_running", "haapp_inventory_age_seconds");
  }

  @Override
  public MetricSnapshots collect() {
    CloudLoad now = load.get();
    GaugeSnapshot.Builder queues =
        GaugeSnapshot.builder()
            .name("haapp_queue_depth")
            .help("Reconciliations that wait to begin, and changes that wait for a call to a cloud")
            .dataPoint(gauge(Labels.of("queue", "reconciliations"), reconciliations.getAsInt()))
            .dataPoint(gauge(Labels.of("queue", "actions"), now.waiting()));
    GaugeSnapshot.Builder running =
        GaugeSnapshot.builder()
            .name("haapp_actions_running")
            .help("Changes that are being made in clouds")
            .dataPoint(gauge(Labels.EMPTY, now.running()));
    GaugeSnapshot.Builder ages =
        GaugeSnapshot.builder()
            .name("haapp_inventory_age_seconds")
            .help("Since the last good listing of what an app is interested in");
    for (CloudLoad.Inventory one : now.inventories()) {
      Duration age = Duration.between(one.asOf(), clock.instant());
      ages.dataPoint(
          gauge(
              Labels.of("region", one.region(), "inventory", one.name()), age.toMillis() / 1000.0));
    }
    return new MetricSnapshots(queues.build(), running.build(), ages.build());
  }

  private static GaugeDataPointSnapshot gauge(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
