package io.highlyavailable.operator.component.alarms;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An alarm in words short enough for a status. */
final class AlarmText {
  private AlarmText() {}

  /** Only what differs from the other, or everything that matters when there is no other. */
  static String of(Alarm alarm, @Nullable Alarm other) {
    if (alarm.metric() instanceof Metric.Rule(String rule) && other == null) {
      return rule;
    }
    if (other == null) {
      return alarm.comparison() + " " + alarm.threshold();
    }
    List<String> parts = new ArrayList<>();
    add(parts, "metric", alarm.metric(), other.metric());
    add(parts, "comparison", alarm.comparison(), other.comparison());
    add(parts, "threshold", alarm.threshold(), other.threshold());
    add(parts, "evaluationPeriods", alarm.evaluationPeriods(), other.evaluationPeriods());
    add(parts, "datapointsToAlarm", alarm.datapointsToAlarm(), other.datapointsToAlarm());
    add(parts, "missingData", alarm.missingData(), other.missingData());
    add(parts, "description", alarm.description(), other.description());
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String field, Object value, Object other) {
    if (!Objects.equals(value, other)) {
      parts.add(field + " " + value);
    }
  }
}
