package io.highlyavailable.operator.aws;

import io.highlyavailable.operator.kubernetes.TrafficFloor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/**
 * Reads from CloudWatch how many requests load balancers hand to their targets: {@code
 * RequestCount}, which load balancers with targets report every minute, of the whole load balancer.
 */
public final class TrafficMetric {
  /** The most queries that one GetMetricData takes (its API reference). */
  private static final int MOST = 500;

  private static final int PERIOD_SECONDS = (int) TrafficFloor.PERIOD.toSeconds();

  private final Function<String, CloudWatchClient> clients;
  private final int most;
  private final Map<String, CloudWatchClient> opened = new ConcurrentHashMap<>();

  /**
   * @param clients opens a region
   */
  public TrafficMetric(Function<String, CloudWatchClient> clients) {
    this(clients, MOST);
  }

  TrafficMetric(Function<String, CloudWatchClient> clients, int most) {
    this.clients = clients;
    this.most = most;
  }

  /**
   * Requests a second by load balancer and minute; minutes without data are left out, and so are
   * load balancers that CloudWatch could not read.
   *
   * @param loadBalancers as the metric's dimension has them
   * @param from the first minute
   * @param to after the last minute
   * @throws software.amazon.awssdk.core.exception.SdkException when CloudWatch does not answer
   */
  public Map<String, SortedMap<Instant, Double>> read(
      String region, Collection<String> loadBalancers, Instant from, Instant to) {
    CloudWatchClient client = opened.computeIfAbsent(region, clients);
    Map<String, SortedMap<Instant, Double>> rates = new TreeMap<>();
    loadBalancers.stream()
        .sorted()
        .gather(Gatherers.windowFixed(most))
        .forEach(some -> read(client, some, from, to, rates));
    return rates;
  }

  private static void read(
      CloudWatchClient client,
      List<String> loadBalancers,
      Instant from,
      Instant to,
      Map<String, SortedMap<Instant, Double>> rates) {
    GetMetricDataRequest request =
        GetMetricDataRequest.builder()
            .startTime(from.truncatedTo(ChronoUnit.MINUTES))
            .endTime(to.truncatedTo(ChronoUnit.MINUTES))
            .scanBy(ScanBy.TIMESTAMP_DESCENDING)
            .metricDataQueries(queries(loadBalancers))
            .build();
    client
        .getMetricDataPaginator(request)
        .metricDataResults()
        .forEach(result -> add(loadBalancers.get(number(result)), result, rates));
  }

  private static List<MetricDataQuery> queries(List<String> loadBalancers) {
    return IntStream.range(0, loadBalancers.size())
        .mapToObj(i -> query("r" + i, loadBalancers.get(i)))
        .toList();
  }

  private static MetricDataQuery query(String id, String loadBalancer) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            stat ->
                stat.stat("Sum")
                    .period(PERIOD_SECONDS)
                    .metric(
                        metric ->
                            metric
                                .namespace("AWS/ApplicationELB")
                                .metricName("RequestCount")
                                .dimensions(it -> it.name("LoadBalancer").value(loadBalancer))))
        .build();
  }

  private static int number(MetricDataResult result) {
    return Integer.parseInt(result.id().substring(1));
  }

  /** Of a load balancer that could not be read there is no telling what the answer lacks. */
  private static void add(
      String loadBalancer, MetricDataResult result, Map<String, SortedMap<Instant, Double>> rates) {
    switch (result.statusCode()) {
      case COMPLETE, PARTIAL_DATA -> {
        SortedMap<Instant, Double> its =
            rates.computeIfAbsent(loadBalancer, name -> new TreeMap<>());
        for (int i = 0; i < result.timestamps().size(); i++) {
          its.put(result.timestamps().get(i), result.values().get(i) / PERIOD_SECONDS);
        }
      }
      case INTERNAL_ERROR, FORBIDDEN, UNKNOWN_TO_SDK_VERSION -> {}
    }
  }
}
