package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.component.alarms.RecoveryPointAge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/** Publishes {@link RecoveryPointAge} to CloudWatch. */
public final class RecoveryPointMetric {
  /** The most that one PutMetricData takes ("CloudWatch service quotas"). */
  private static final int MOST = 1000;

  private final Function<String, CloudWatchClient> clients;
  private final int most;
  private final Map<String, CloudWatchClient> opened = new ConcurrentHashMap<>();

  /**
   * @param clients opens a region
   */
  public RecoveryPointMetric(Function<String, CloudWatchClient> clients) {
    this(clients, MOST);
  }

  RecoveryPointMetric(Function<String, CloudWatchClient> clients, int most) {
    this.clients = clients;
    this.most = most;
  }

  /**
   * Publishes ages.
   *
   * @param region where the copies are
   * @param ages by the name of the resource that the copies are of
   * @throws software.amazon.awssdk.core.exception.SdkException when CloudWatch does not take them
   */
  public void publish(String region, Map<String, Duration> ages) {
    CloudWatchClient client = opened.computeIfAbsent(region, clients);
    ages.entrySet().stream()
        .map(age -> datum(age.getKey(), age.getValue()))
        .gather(Gatherers.windowFixed(most))
        .forEach(data -> put(client, data));
  }

  private static void put(CloudWatchClient client, List<MetricDatum> data) {
    client.putMetricData(it -> it.namespace(RecoveryPointAge.NAMESPACE).metricData(data));
  }

  private static MetricDatum datum(String resource, Duration age) {
    return MetricDatum.builder()
        .metricName(RecoveryPointAge.METRIC)
        .dimensions(it -> it.name(RecoveryPointAge.RESOURCE).value(resource))
        .unit(StandardUnit.SECONDS)
        .value((double) age.toSeconds())
        .build();
  }
}
