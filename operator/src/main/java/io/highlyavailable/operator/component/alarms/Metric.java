package io.highlyavailable.operator.component.alarms;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an alarm looks at. */
public sealed interface Metric {
  /**
   * One metric of one resource.
   *
   * @param namespace such as {@code AWS/RDS}
   * @param name the metric's name
   * @param dimensions which resource, ordered
   * @param statistic such as {@code Average}, {@code Maximum} or {@code p99}
   * @param periodSeconds length of a data point
   */
  record Single(
      String namespace,
      String name,
      SortedMap<String, String> dimensions,
      String statistic,
      int periodSeconds)
      implements Metric {
    public Single {
      dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }
  }

  /**
   * An expression over several metrics.
   *
   * @param expression in CloudWatch's metric math
   * @param inputs metrics by the id that the expression calls them, ordered
   */
  record Math(String expression, SortedMap<String, Single> inputs) implements Metric {
    public Math {
      inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }

    static Math of(String expression, Map<String, Single> inputs) {
      return new Math(expression, new TreeMap<>(inputs));
    }
  }

  /**
   * The states of other alarms.
   *
   * @param text the rule in CloudWatch's words
   */
  record Rule(String text) implements Metric {}

  /**
   * Something that none of our alarms looks at.
   *
   * @param description what it is
   */
  record Other(String description) implements Metric {}
}
