package io.highlyavailable.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The operator and the raw client with the same number of apps; of several rounds, the run of
 * median duration of each.
 *
 * @param apps how many apps
 * @param rounds how many rounds were run
 * @param operatorSeconds the operator's median
 * @param rawSeconds the raw client's median
 * @param ratio operator to raw
 * @param operatorKubernetesWrites the operator's write requests an app
 * @param rawKubernetesWrites the raw client's write requests an app
 * @param operatorAwsWrites the operator's mutating AWS calls an app
 * @param operatorAwsReads the operator's other AWS calls an app
 * @param neededAwsWrites the raw client's mutating AWS calls an app: every one is needed
 * @param callsForEachNeededWrite the operator's AWS calls of both kinds for each of those
 */
public record Comparison(
    int apps,
    int rounds,
    double operatorSeconds,
    double rawSeconds,
    double ratio,
    double operatorKubernetesWrites,
    double rawKubernetesWrites,
    double operatorAwsWrites,
    double operatorAwsReads,
    double neededAwsWrites,
    double callsForEachNeededWrite) {

  /** Compares runs with the same number of apps. */
  public static Comparison of(List<Measurement> operators, List<Measurement> raws) {
    Measurement operator = median(operators);
    Measurement raw = median(raws);
    return new Comparison(
        operator.apps(),
        operators.size(),
        operator.seconds(),
        raw.seconds(),
        operator.seconds() / raw.seconds(),
        operator.kubernetesWritesAnApp(),
        raw.kubernetesWritesAnApp(),
        operator.awsWritesAnApp(),
        operator.awsReadsAnApp(),
        raw.awsWritesAnApp(),
        (operator.awsWritesAnApp() + operator.awsReadsAnApp()) / raw.awsWritesAnApp());
  }

  private static Measurement median(List<Measurement> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(Measurement::seconds))
        .toList()
        .get((runs.size() - 1) / 2);
  }

  /** The head of {@link #row}, as Markdown. */
  public static String head() {
    return """
        | apps | operator s | raw s | ratio | K8s writes/app | raw K8s writes/app | AWS writes/app | AWS reads/app \
        | needed AWS writes/app | AWS calls/needed write |
        |--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|""";
  }

  /** One row of a Markdown table. */
  public String row() {
    return String.format(
        Locale.ROOT,
        "| %d | %.1f | %.1f | %.2f | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f |",
        apps,
        operatorSeconds,
        rawSeconds,
        ratio,
        operatorKubernetesWrites,
        rawKubernetesWrites,
        operatorAwsWrites,
        operatorAwsReads,
        neededAwsWrites,
        callsForEachNeededWrite);
  }
}
