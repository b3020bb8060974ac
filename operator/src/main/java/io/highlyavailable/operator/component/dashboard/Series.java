package io.highlyavailable.operator.component.dashboard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line of a graph, as an entry of the array {@code metrics} of a metric widget: "Metric Widget:
 * Format for Each Metric in the Array" in "Dashboard Body Structure and Syntax".
 */
sealed interface Series {
  /** The entry. */
  List<Object> entry();

  /**
   * A metric.
   *
   * @param namespace its namespace
   * @param metric its name
   * @param dimensions its dimensions
   * @param stat CloudWatch's word for how a period's samples become one point
   * @param label what it is called
   */
  record Metric(
      String namespace,
      String metric,
      SortedMap<String, String> dimensions,
      String stat,
      String label)
      implements Series {
    public Metric {
      dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }

    @Override
    public List<Object> entry() {
      List<Object> entry = new ArrayList<>(List.of(namespace, metric));
      dimensions.forEach(
          (name, value) -> {
            entry.add(name);
            entry.add(value);
          });
      entry.add(new LinkedHashMap<>(Map.of("stat", stat, "label", label)));
      return entry;
    }
  }

  /**
   * All metrics that a search finds, each a line: for what the operator does not know by name, such
   * as the zones that targets are in.
   *
   * @param namespace the namespace
   * @param by the dimensions that the metrics have, all of them
   * @param metric the metric's name
   * @param known values of some of those dimensions
   * @param stat as of {@link Metric}
   * @param period in seconds
   */
  record Search(
      String namespace,
      List<String> by,
      String metric,
      SortedMap<String, String> known,
      String stat,
      int period)
      implements Series {
    public Search {
      by = List.copyOf(by);
      known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
    }

    /** In quotation marks a search takes text as it is: "CloudWatch search expression syntax". */
    @Override
    public List<Object> entry() {
      StringBuilder query = new StringBuilder("MetricName=" + quoted(metric));
      known.forEach(
          (name, value) -> query.append(" ").append(name).append("=").append(quoted(value)));
      return List.of(
          Map.of(
              "expression",
              "SEARCH('{%s,%s} %s', '%s', %d)"
                  .formatted(namespace, String.join(",", by), query, stat, period)));
    }

    private static String quoted(String value) {
      if (value.matches(".*[\"'\\\\].*")) {
        throw new IllegalArgumentException("cannot be searched for: " + value);
      }
      return '"' + value + '"';
    }
  }
}
