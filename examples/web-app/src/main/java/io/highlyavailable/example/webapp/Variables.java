package io.highlyavailable.example.webapp;

import java.util.Map;

/**
 * The environment that the process was started with.
 *
 * @param values variables by name
 */
public record Variables(Map<String, String> values) {
  public Variables {
    values = Map.copyOf(values);
  }

  /**
   * The value of a variable that a binding injects.
   *
   * @param block the block of the spec whose binding it is of
   * @throws IllegalArgumentException when it is not set; the message names the block
   */
  public String bound(String name, String block) {
    String value = values.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " is not set: is there a spec." + block + "?");
    }
    return value;
  }

  /** The value of a variable that has a default. */
  public String or(String name, String fallback) {
    String value = values.getOrDefault(name, "");
    return value.isEmpty() ? fallback : value;
  }

  /**
   * The same for a whole number.
   *
   * @throws IllegalArgumentException when the value is none
   */
  public int number(String name, int fallback) {
    String value = or(name, String.valueOf(fallback));
    if (!value.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(name + " is not a number");
    }
    return Integer.parseInt(value);
  }
}
