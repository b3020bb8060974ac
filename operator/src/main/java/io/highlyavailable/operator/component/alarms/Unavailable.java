package io.highlyavailable.operator.component.alarms;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The composite alarm that is on while any alarm says that users suffer: the one to page on. */
final class Unavailable {
  static final String KEY = "unavailable";

  private static final String DESCRIPTION =
      "Users suffer: one of the alarms that say so is on, see which";

  private Unavailable() {}

  static String name(String resource) {
    return resource + "-" + KEY;
  }

  /** The alarm over those of an app's; empty where none of them says that users suffer. */
  static Optional<Alarm> over(String resource, Collection<Alarm> alarms) {
    List<String> affecting =
        alarms.stream()
            .map(Alarm::name)
            .filter(name -> AlarmTable.affectsUsers(name.substring(resource.length() + 1)))
            .sorted()
            .limit(AlarmRule.MOST)
            .toList();
    return affecting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Alarm.over(
                name(resource), DESCRIPTION, new Metric.Rule(AlarmRule.anyOn(affecting).text())));
  }
}
