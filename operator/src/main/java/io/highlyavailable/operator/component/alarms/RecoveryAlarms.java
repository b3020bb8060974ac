package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Map;

/**
 * The alarms that watch an app's copies, in the region of the copies.
 *
 * @param set the alarms
 */
public record RecoveryAlarms(AlarmSet set) implements CloudResource {
  @Override
  public String name() {
    return set.name();
  }

  @Override
  public String id() {
    return set.id();
  }

  @Override
  public Map<String, String> tags() {
    return set.tags();
  }

  @Override
  public String state() {
    return set.state();
  }
}
