package io.highlyavailable.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.alarms.RecoveryPointAge;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

@WithTestbed
class RecoveryPointMetricTest {
  private final String instance = "ha-shop-" + UUID.randomUUID();

  private static CloudWatchClient client(AwsEmulator emulator, String region) {
    return emulator.configure(CloudWatchClient.builder()).region(Region.of(region)).build();
  }

  private static double newest(CloudWatchClient client, String resource) {
    Instant now = Instant.now();
    return client
        .getMetricStatistics(
            it ->
                it.namespace(RecoveryPointAge.NAMESPACE)
                    .metricName(RecoveryPointAge.METRIC)
                    .dimensions(d -> d.name(RecoveryPointAge.RESOURCE).value(resource))
                    .statistics(Statistic.MINIMUM)
                    .period(300)
                    .startTime(now.minus(Duration.ofHours(1)))
                    .endTime(now.plus(Duration.ofMinutes(5))))
        .datapoints()
        .getFirst()
        .minimum();
  }

  @Test
  void publishesAgesInSecondsInTheRegionOfTheCopies(AwsEmulator emulator) {
    var metric = new RecoveryPointMetric(region -> client(emulator, region));
    metric.publish("eu-central-1", Map.of(instance, Duration.ofMinutes(12)));
    try (CloudWatchClient there = client(emulator, "eu-central-1")) {
      assertThat(newest(there, instance)).isEqualTo(720);
    }
  }

  @Test
  void publishesInACallNoMoreThanItTakes(AwsEmulator emulator) {
    Map<String, Duration> ages = new TreeMap<>();
    IntStream.range(0, 3).forEach(i -> ages.put(instance + "-" + i, Duration.ofSeconds(i)));
    var metric = new RecoveryPointMetric(region -> client(emulator, region), 2);
    long mark = emulator.calls().mark();
    metric.publish("eu-north-1", ages);
    assertThat(emulator.calls().count(mark, "cloudwatch", "PutMetricData")).isEqualTo(2);
    try (CloudWatchClient there = client(emulator, "eu-north-1")) {
      assertThat(newest(there, instance + "-0")).isZero();
      assertThat(newest(there, instance + "-2")).isEqualTo(2);
    }
  }
}
