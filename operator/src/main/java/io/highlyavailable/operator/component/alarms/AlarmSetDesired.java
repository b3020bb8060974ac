package io.highlyavailable.operator.component.alarms;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An app's alarms as they should be.
 *
 * @param name the app's resource name
 * @param arnPrefix what an alarm's ARN is before its name
 * @param alarms by full name, ordered
 * @param notification whom they notify
 * @param undecided how the names of alarms begin that cannot be described now, and what it is that
 *     they watch and that is not known; those that exist are left as they are
 */
public record AlarmSetDesired(
    String name,
    String arnPrefix,
    SortedMap<String, Alarm> alarms,
    Notification notification,
    Map<String, String> undecided) {
  public AlarmSetDesired {
    alarms = Collections.unmodifiableSortedMap(new TreeMap<>(alarms));
    undecided = Map.copyOf(undecided);
  }

  /** Whether nothing can be said of an alarm of that name. */
  boolean leaves(String alarm) {
    return undecided.keySet().stream().anyMatch(alarm::startsWith);
  }
}
