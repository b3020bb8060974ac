package io.highlyavailable.operator.component.alarms;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An app's alarms as they should be.
 *
 * @param name the app's resource name
 * @param arnPrefix what an alarm's ARN is before its name
 * @param alarms by full name, ordered
 * @param undecided full names of alarms that cannot be described now, because what they watch is
 *     not known; those that exist are left as they are
 */
public record AlarmSetDesired(
    String name, String arnPrefix, SortedMap<String, Alarm> alarms, Set<String> undecided) {
  public AlarmSetDesired {
    alarms = Collections.unmodifiableSortedMap(new TreeMap<>(alarms));
    undecided = Set.copyOf(undecided);
  }
}
