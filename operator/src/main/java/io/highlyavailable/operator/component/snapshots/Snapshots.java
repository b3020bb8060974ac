package io.highlyavailable.operator.component.snapshots;

import io.highlyavailable.operator.component.CloudResource;
import java.util.List;
import java.util.Map;

/**
 * The snapshots of one app's databases, this one's and earlier ones'.
 *
 * @param name namespace and name of the app joined by a slash, as the snapshots' tags have them
 * @param list newest first
 */
public record Snapshots(String name, List<Snapshot> list) implements CloudResource {
  public Snapshots {
    list = List.copyOf(list);
  }

  /** The newest one's; empty while there are none. */
  @Override
  public String id() {
    return list.isEmpty() ? "" : list.getFirst().id();
  }

  /** They are the databases' at the time, not those of what is shown here. */
  @Override
  public Map<String, String> tags() {
    return Map.of();
  }

  @Override
  public String state() {
    return list.isEmpty() ? "none" : "available";
  }
}
