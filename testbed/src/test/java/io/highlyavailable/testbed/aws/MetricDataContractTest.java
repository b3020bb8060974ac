package io.highlyavailable.testbed.aws;

import static io.highlyavailable.testbed.aws.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * Source: GetMetricData, MetricDataQuery and MetricDataResult in the API reference of CloudWatch;
 * "Metrics concepts" in its user guide.
 */
class MetricDataContractTest extends EmulatorTest {
  private static final String ELB = "AWS/ApplicationELB";

  private final CloudWatchClient cloudWatch = client(CloudWatchClient.builder());
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);

  private void put(String namespace, Instant at, double value, String... balancers) {
    cloudWatch.putMetricData(
        it ->
            it.namespace(namespace)
                .metricData(
                    data ->
                        data.metricName("RequestCount")
                            .timestamp(at)
                            .value(value)
                            .dimensions(dimensions(balancers))));
  }

  private static List<Dimension> dimensions(String... balancers) {
    return Arrays.stream(balancers)
        .map(it -> Dimension.builder().name("LoadBalancer").value(it).build())
        .toList();
  }

  private static MetricDataQuery sum(String id, int period, String... balancers) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(
            stat ->
                stat.stat("Sum")
                    .period(period)
                    .metric(
                        it ->
                            it.namespace(ELB)
                                .metricName("RequestCount")
                                .dimensions(dimensions(balancers))))
        .build();
  }

  private List<MetricDataResult> get(MetricDataQuery... queries) {
    return cloudWatch
        .getMetricData(
            it ->
                it.startTime(now.minusSeconds(600).plusSeconds(7))
                    .endTime(now)
                    .metricDataQueries(queries))
        .metricDataResults();
  }

  @Test
  void aMetricIsItsNamespaceItsNameAndExactlyItsDimensions() {
    put(ELB, now.minusSeconds(60), 1, "app/a/1");
    put(ELB, now.minusSeconds(60), 20, "app/b/1");
    put(ELB, now.minusSeconds(60), 300);
    put("Other", now.minusSeconds(60), 4000, "app/a/1");

    Map<String, List<Double>> values =
        get(sum("a", 60, "app/a/1"), sum("b", 60, "app/b/1"), sum("c", 60), sum("d", 60, "app/c/1"))
            .stream()
            .collect(Collectors.toMap(MetricDataResult::id, MetricDataResult::values));
    assertThat(values)
        .isEqualTo(
            Map.of("a", List.of(1.0), "b", List.of(20.0), "c", List.of(300.0), "d", List.of()));
  }

  @Test
  void minutesAreSummedFromTheWholeMinuteOnAndTheNewestComesFirst() {
    put(ELB, now.minusSeconds(55), 1, "app/a/1");
    put(ELB, now.minusSeconds(10), 2, "app/a/1");
    put(ELB, now.minusSeconds(300), 5, "app/a/1");
    put(ELB, now.minusSeconds(600), 7, "app/a/1");
    put(ELB, now.minusSeconds(660), 9, "app/a/1");

    MetricDataResult newestFirst = get(sum("a", 60, "app/a/1")).getFirst();
    assertThat(newestFirst.statusCode()).isEqualTo(StatusCode.COMPLETE);
    assertThat(newestFirst.values()).containsExactly(3.0, 5.0, 7.0);
    assertThat(newestFirst.timestamps())
        .containsExactly(now.minusSeconds(60), now.minusSeconds(300), now.minusSeconds(600));

    MetricDataResult oldestFirst =
        cloudWatch
            .getMetricData(
                it ->
                    it.startTime(now.minusSeconds(600))
                        .endTime(now)
                        .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                        .metricDataQueries(sum("a", 60, "app/a/1")))
            .metricDataResults()
            .getFirst();
    assertThat(oldestFirst.values()).containsExactly(7.0, 5.0, 3.0);
  }

  @Test
  void morePointsThanAskedForComeInPages() {
    for (int i = 1; i <= 5; i++) {
      put(ELB, now.minusSeconds(60L * i), i, "app/a/1");
      put(ELB, now.minusSeconds(60L * i), 10 * i, "app/b/1");
    }
    var pages =
        cloudWatch
            .getMetricDataPaginator(
                it ->
                    it.startTime(now.minusSeconds(600))
                        .endTime(now)
                        .maxDatapoints(4)
                        .metricDataQueries(sum("a", 60, "app/a/1"), sum("b", 60, "app/b/1")))
            .stream()
            .toList();
    assertThat(pages).hasSize(3);
    assertThat(pages.getFirst().metricDataResults().getFirst().statusCode())
        .isEqualTo(StatusCode.PARTIAL_DATA);
    assertThat(all(pages.stream().flatMap(page -> page.metricDataResults().stream()), "b"))
        .containsExactly(10.0, 20.0, 30.0, 40.0, 50.0);
  }

  private static List<Double> all(Stream<MetricDataResult> results, String id) {
    return results
        .filter(result -> result.id().equals(id))
        .flatMap(result -> result.values().stream())
        .toList();
  }

  @Test
  void impossibleQueriesAreRefused() {
    refused("ValidationError", () -> get(sum("A", 60)));
    refused("ValidationError", () -> get(sum("a", 60), sum("a", 60)));
    refused("ValidationError", () -> get(sum("a", 90)));
    refused(
        "ValidationError",
        () ->
            get(
                IntStream.range(0, 501)
                    .mapToObj(i -> sum("a" + i, 60))
                    .toArray(MetricDataQuery[]::new)));
  }
}
