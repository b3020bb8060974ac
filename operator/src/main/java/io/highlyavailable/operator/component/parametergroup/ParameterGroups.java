package io.highlyavailable.operator.component.parametergroup;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All DB parameter groups whose names begin with an app's resource name: one, and two while the
 * database moves to another major version.
 *
 * @param name the app's resource name
 * @param groups what RDS has, by name, never empty
 * @param tags what tags say of all of them together
 */
public record ParameterGroups(
    String name, SortedMap<String, Existing> groups, Map<String, String> tags)
    implements CloudResource {
  public ParameterGroups {
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /**
   * A DB parameter group at RDS.
   *
   * @param arn its ARN
   * @param family such as {@code postgres17}
   * @param tls what somebody set the parameter to that forces TLS; empty for nothing
   * @param tags its own tags
   */
  public record Existing(String arn, String family, String tls, Map<String, String> tags) {
    public Existing {
      tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
  }

  /** The first group's ARN stands for all. */
  @Override
  public String id() {
    return groups.isEmpty() ? "" : groups.firstEntry().getValue().arn();
  }

  /** The families it has groups for. */
  @Override
  public String state() {
    return groups.values().stream().map(Existing::family).collect(Collectors.joining(", "));
  }

  /** The names of its groups by family. */
  public SortedMap<String, String> byFamily() {
    SortedMap<String, String> names = new TreeMap<>();
    groups.forEach((name, group) -> names.put(group.family(), name));
    return names;
  }
}
