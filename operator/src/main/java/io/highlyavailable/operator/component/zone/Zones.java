package io.highlyavailable.operator.component.zone;

import io.highlyavailable.operator.component.CloudResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The availability zones of a region.
 *
 * @param name the region
 * @param zones the names of those that every account may use now, ordered
 */
public record Zones(String name, List<String> zones) implements CloudResource {
  public Zones {
    zones = zones.stream().sorted().toList();
  }

  @Override
  public String id() {
    return name;
  }

  @Override
  public Map<String, String> tags() {
    return Map.of();
  }

  @Override
  public String state() {
    return "available";
  }

  /**
   * The name of the zone with this number, if there are as many.
   *
   * @param number from 1
   */
  public Optional<String> zone(int number) {
    return number <= zones.size() ? Optional.of(zones.get(number - 1)) : Optional.empty();
  }
}
