package io.highlyavailable.bench;

import io.highlyavailable.testbed.aws.Call;
import io.highlyavailable.testbed.cluster.ApiServerAudit.Write;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One run of one client.
 *
 * @param client {@code operator} or {@code raw}
 * @param apps how many apps
 * @param seconds from the first create request until all apps were ready
 * @param kubernetesWrites the client's write requests by verb and resource, status and events too
 * @param awsWrites the client's mutating calls by service and operation
 * @param awsReads its other calls
 */
public record Measurement(
    String client,
    int apps,
    double seconds,
    Map<String, Long> kubernetesWrites,
    Map<String, Long> awsWrites,
    Map<String, Long> awsReads) {

  public Measurement {
    kubernetesWrites = new TreeMap<>(kubernetesWrites);
    awsWrites = new TreeMap<>(awsWrites);
    awsReads = new TreeMap<>(awsReads);
  }

  static Measurement of(
      String client, int apps, double seconds, List<Write> writes, List<Call> calls) {
    return new Measurement(
        client,
        apps,
        seconds,
        count(writes, write -> write.verb() + " " + write.resource()),
        count(calls.stream().filter(Call::mutating).toList(), Measurement::operation),
        count(calls.stream().filter(call -> !call.mutating()).toList(), Measurement::operation));
  }

  private static String operation(Call call) {
    return call.service() + ":" + call.operation();
  }

  private static <T> Map<String, Long> count(List<T> items, Function<T, String> key) {
    return items.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
  }

  /** Kubernetes write requests for each app. */
  double kubernetesWritesAnApp() {
    return anApp(kubernetesWrites);
  }

  /** Mutating AWS calls for each app. */
  double awsWritesAnApp() {
    return anApp(awsWrites);
  }

  /** Other AWS calls for each app. */
  double awsReadsAnApp() {
    return anApp(awsReads);
  }

  private double anApp(Map<String, Long> counts) {
    return (double) counts.values().stream().mapToLong(Long::longValue).sum() / apps;
  }
}
