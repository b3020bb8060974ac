package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.CloudResource;
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
   * @param actions what is not ours and must survive a change
   * @param tags its own tags
   */
  public record Existing(String arn, Alarm alarm, Actions actions, Map<String, String> tags) {
    public Existing {
      tags = Collections.unmodifiableMap(new TreeMap<>(tags));
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

    public Actions {
      onAlarm = List.copyOf(onAlarm);
      onOk = List.copyOf(onOk);
      onInsufficientData = List.copyOf(onInsufficientData);
    }
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
