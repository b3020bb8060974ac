package io.highlyavailable.operator.status;

import io.highlyavailable.api.v1alpha1.AlarmStatus;
import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.component.RaisedAlarm;
import io.highlyavailable.operator.plan.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The alarms that are on. While alarms cannot be looked at, those that were on before count: that
 * nobody can see is no sign of recovery.
 */
final class AlarmFacts {
  private final Map<String, List<AlarmStatus>> byComponent = new HashMap<>();

  AlarmFacts(List<Report> reports, @Nullable HighlyAvailableAppStatus before) {
    for (Report report : reports) {
      List<AlarmStatus> known = known(report.name(), before);
      byComponent.put(report.name(), report.seen() ? now(report, known) : known);
    }
  }

  private static List<AlarmStatus> known(
      String component, @Nullable HighlyAvailableAppStatus before) {
    return before == null
        ? List.of()
        : before.components().stream()
            .filter(it -> it.name().equals(component))
            .findFirst()
            .map(ComponentStatus::alarms)
            .orElse(List.of());
  }

  private static List<AlarmStatus> now(Report report, List<AlarmStatus> known) {
    Map<String, AlarmStatus> before =
        known.stream().collect(Collectors.toMap(AlarmStatus::name, Function.identity()));
    return report.alarms().stream()
        .limit(Limits.LINES)
        .map(alarm -> steady(of(alarm), before.get(alarm.name())))
        .toList();
  }

  /** As it was said when it came on: a provider may go on counting in its words. */
  private static AlarmStatus steady(AlarmStatus now, @Nullable AlarmStatus before) {
    boolean same =
        before != null
            && before.since().equals(now.since())
            && before.usersAffected() == now.usersAffected();
    return same ? before : now;
  }

  private static AlarmStatus of(RaisedAlarm alarm) {
    return new AlarmStatus(
        alarm.name(),
        alarm.since().toString(),
        alarm.usersAffected(),
        orNull(Limits.line(alarm.meaning(), Limits.NEXT_STEP)),
        orNull(Limits.line(alarm.reason(), Limits.NEXT_STEP)));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Those of one component. */
  List<AlarmStatus> of(Report report) {
    return byComponent.getOrDefault(report.name(), List.of());
  }

  /** What users suffer from, in one stable line; empty when no alarm says that they do. */
  String affectingUsers() {
    return byComponent.values().stream()
        .flatMap(List::stream)
        .filter(AlarmStatus::usersAffected)
        .map(alarm -> alarm.name() + (alarm.message() == null ? "" : ": " + alarm.message()))
        .sorted()
        .collect(Collectors.joining("; "));
  }
}
