package io.highlyavailable.operator.component;

/**
 * A component's name, as in {@code status.components[].name} and the tag {@code
 * highlyavailable.io/component}.
 *
 * @param value lower-case words joined by hyphens
 */
public record ComponentName(String value) implements Comparable<ComponentName> {
  @Override
  public int compareTo(ComponentName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
