package io.highlyavailable.operator.component.engineversion;

import io.highlyavailable.operator.component.CloudResource;
import java.util.Map;

/**
 * The version that RDS gives a new database of an engine when nobody chooses one.
 *
 * @param name the engine, such as {@code postgres}
 * @param state the version, such as {@code 17.6}
 */
public record DefaultVersion(String name, String state) implements CloudResource {
  /** It has no identifier but the engine. */
  @Override
  public String id() {
    return name;
  }

  /** It is RDS's own. */
  @Override
  public Map<String, String> tags() {
    return Map.of();
  }
}
