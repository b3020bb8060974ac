package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.loadbalancer.Front;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The alarms of the load balancer in front of an app. */
final class LoadBalancerAlarms {
  /** Below so many requests a minute one error would be a rate. */
  private static final String OF_REQUESTS =
      "IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)";

  /** What no target answers is not among the requests that the load balancer counts. */
  private static final String OF_ALL =
      "IF(FILL(requests, 0) + FILL(errors, 0) >= 20,"
          + " 100 * FILL(errors, 0) / (FILL(requests, 0) + FILL(errors, 0)), 0)";

  private static final Map<String, String> RATES =
      Map.of("target-5xx", OF_REQUESTS, "load-balancer-5xx", OF_ALL);

  private static final List<AlarmTable> ROWS =
      Stream.of(
              "unhealthy-targets",
              "no-healthy-targets",
              "target-5xx",
              "load-balancer-5xx",
              "latency")
          .map(AlarmTable::row)
          .toList();

  private LoadBalancerAlarms() {}

  static Stream<Alarm> of(String resource, Front found) {
    return ROWS.stream().map(row -> row.alarm(resource, metric(row, found)));
  }

  /** Their names, whether or not there is a load balancer. */
  static Stream<String> names(String resource) {
    return ROWS.stream().map(row -> row.name(resource));
  }

  private static Metric metric(AlarmTable row, Front found) {
    String rate = RATES.get(row.key());
    if (rate == null) {
      return row.single(found.targetDimensions());
    }
    // Its own answers have no target group.
    SortedMap<String, String> dimensions =
        rate.equals(OF_ALL) ? found.loadBalancerDimensions() : found.targetDimensions();
    return Metric.Math.of(
        rate,
        Map.of(
            "errors", row.single(dimensions), "requests", row.single("RequestCount", dimensions)));
  }
}
