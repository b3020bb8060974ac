package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.RaisedAlarm;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All alarms whose names begin with an app's resource name.
 *
 * @param name the app's resource name
 * @param alarms what CloudWatch has, by name, never empty
 * @param tags what tags say of all of them together
 */
public record AlarmSet(String name, SortedMap<String, Existing> alarms, Map<String, String> tags)
    implements CloudResource {
  public AlarmSet {
    alarms = Collections.unmodifiableSortedMap(new TreeMap<>(alarms));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /**
   * An alarm at CloudWatch.
   *
   * @param arn its ARN
   * @param alarm its owned fields
   * @param actions what it does; what is not ours must survive a change
   * @param state what it last came to
   * @param tags its own tags
   */
  public record Existing(
      String arn, Alarm alarm, Actions actions, State state, Map<String, String> tags) {
    public Existing {
      tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    Existing withTags(Map<String, String> changed) {
      return new Existing(arn, alarm, actions, state, changed);
    }

    /** Its name. */
    public String name() {
      return alarm.name();
    }
  }

  /**
   * What an alarm came to when CloudWatch last compared.
   *
   * @param value {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
   * @param since when it came to that; the epoch while CloudWatch has not said
   * @param reason CloudWatch's words about it, with the numbers of that moment
   */
  public record State(String value, Instant since, String reason) {
    /** Of an alarm that is on. */
    public static final String ALARM = "ALARM";

    /** Of a new alarm. */
    public static final State NEW = new State("INSUFFICIENT_DATA", Instant.EPOCH, "");

    /** Whether the alarm is on. */
    public boolean alarm() {
      return value.equals(ALARM);
    }
  }

  /**
   * What an alarm does when its state changes.
   *
   * @param enabled whether it does anything
   * @param onAlarm ARNs
   * @param onOk ARNs
   * @param onInsufficientData ARNs
   */
  public record Actions(
      boolean enabled, List<String> onAlarm, List<String> onOk, List<String> onInsufficientData) {
    /** Of a new alarm. */
    public static final Actions NONE = new Actions(true, List.of(), List.of(), List.of());

    /** The same, with this to do when the alarm comes on. */
    Actions notifying(List<String> arns) {
      return new Actions(enabled, arns, onOk, onInsufficientData);
    }

    public Actions {
      onAlarm = List.copyOf(onAlarm);
      onOk = List.copyOf(onOk);
      onInsufficientData = List.copyOf(onInsufficientData);
    }
  }

  /** The alarms that are on, by name; a composite one says nothing that they do not. */
  public List<RaisedAlarm> raised() {
    return alarms.values().stream()
        .filter(alarm -> alarm.state().alarm() && !alarm.alarm().composite())
        .map(
            alarm ->
                new RaisedAlarm(
                    alarm.name(),
                    alarm.state().since(),
                    alarm.alarm().description(),
                    alarm.state().reason(),
                    affectsUsers(alarm.name())))
        .toList();
  }

  /** Whether the alarm of that name, when it is on, means that users suffer. */
  public boolean affectsUsers(String alarm) {
    return alarm.startsWith(name + "-")
        && AlarmTable.affectsUsers(alarm.substring(name.length() + 1));
  }

  /** The first alarm's ARN stands for the set. */
  @Override
  public String id() {
    return alarms.isEmpty() ? "" : alarms.firstEntry().getValue().arn();
  }

  @Override
  public String state() {
    return alarms.size() + " alarms";
  }
}
