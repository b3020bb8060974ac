package io.highlyavailable.operator.component.alarms;

/**
 * An alarm's owned fields, the same when wanted and when read back. Its actions are not ours.
 *
 * @param name its full name
 * @param description what it means and what to do, for the person it wakes
 * @param metric what it looks at
 * @param threshold the value that must not be crossed
 * @param comparison CloudWatch's word for how
 * @param evaluationPeriods how many data points are looked at
 * @param datapointsToAlarm how many of them must cross
 * @param missingData CloudWatch's word for what a missing data point counts as
 */
public record Alarm(
    String name,
    String description,
    Metric metric,
    double threshold,
    String comparison,
    int evaluationPeriods,
    int datapointsToAlarm,
    String missingData) {
  /** A composite alarm, which compares nothing itself. */
  static Alarm over(String name, String description, Metric.Rule others) {
    return new Alarm(name, description, others, 0, "", 0, 0, "");
  }

  /** Whether it goes by the states of other alarms. */
  boolean composite() {
    return metric instanceof Metric.Rule;
  }
}
