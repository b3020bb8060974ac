package io.highlyavailable.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

@WithTestbed
class TrafficMetricTest {
  private static final String REGION = "eu-west-1";

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
  private final String shop = "app/shop/" + UUID.randomUUID();

  private static CloudWatchClient client(AwsEmulator emulator, String region) {
    return emulator.configure(CloudWatchClient.builder()).region(Region.of(region)).build();
  }

  private static void count(
      CloudWatchClient client, String balancer, Instant minute, double requests) {
    client.putMetricData(
        it ->
            it.namespace("AWS/ApplicationELB")
                .metricData(
                    data ->
                        data.metricName("RequestCount")
                            .dimensions(d -> d.name("LoadBalancer").value(balancer))
                            .unit(StandardUnit.COUNT)
                            .timestamp(minute)
                            .value(requests)));
  }

  @Test
  void readsRequestsASecondByMinute(AwsEmulator emulator) {
    try (CloudWatchClient client = client(emulator, REGION)) {
      count(client, shop, now.minusSeconds(60), 600);
      count(client, shop, now.minusSeconds(240), 1200);
      count(client, shop, now.minusSeconds(3600), 6000);
      count(client, shop, now, 6);
      count(client, "app/other/1", now.minusSeconds(60), 60);

      var metric = new TrafficMetric(region -> client(emulator, region));
      assertThat(metric.read(REGION, Set.of(shop), now.minusSeconds(900), now.plusSeconds(30)))
          .isEqualTo(Map.of(shop, Map.of(now.minusSeconds(60), 10.0, now.minusSeconds(240), 20.0)));
    }
  }

  @Test
  void whatHasNoDataHasNoReadings(AwsEmulator emulator) {
    var metric = new TrafficMetric(region -> client(emulator, region));
    assertThat(metric.read(REGION, Set.of("app/no/1"), now.minusSeconds(900), now))
        .isEqualTo(Map.of("app/no/1", Map.of()));
  }

  /** The budget: a call for 500 apps. */
  @Test
  void readsFiveHundredInACall() {
    assertThat(calls(0)).isZero();
    assertThat(calls(1)).isEqualTo(1);
    assertThat(calls(500)).isEqualTo(1);
    assertThat(calls(501)).isEqualTo(2);
    assertThat(calls(2000)).isEqualTo(4);
  }

  private int calls(int apps) {
    Counting client = new Counting();
    Set<String> balancers =
        IntStream.range(0, apps).mapToObj(i -> "app/many/" + i).collect(Collectors.toSet());
    var metric = new TrafficMetric(region -> client);
    assertThat(metric.read(REGION, balancers, now.minusSeconds(900), now)).hasSize(apps);
    return client.calls;
  }

  /** Has no data for anything. */
  private static final class Counting implements CloudWatchClient {
    private int calls;

    @Override
    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
      calls++;
      return GetMetricDataResponse.builder()
          .metricDataResults(
              request.metricDataQueries().stream()
                  .map(
                      query ->
                          MetricDataResult.builder()
                              .id(query.id())
                              .statusCode(StatusCode.COMPLETE)
                              .build())
                  .toList())
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  @Test
  void eachOfManyGetsItsOwnRequests(AwsEmulator emulator) {
    try (CloudWatchClient client = client(emulator, REGION)) {
      for (int i = 0; i < 5; i++) {
        count(client, shop + i, now.minusSeconds(60), i * 60);
      }
      var metric = new TrafficMetric(region -> client(emulator, region), 2);
      Set<String> all = IntStream.range(0, 5).mapToObj(i -> shop + i).collect(Collectors.toSet());
      var read = metric.read(REGION, all, now.minusSeconds(300), now);
      for (int i = 0; i < 5; i++) {
        assertThat(read.get(shop + i)).isEqualTo(Map.of(now.minusSeconds(60), (double) i));
      }
    }
  }
}
