package io.highlyavailable.operator.component;

/**
 * One owned field that is not as desired. Fields that are not ours never appear.
 *
 * @param field the field's name as the user knows it
 * @param desired the wanted value, printable
 * @param actual the observed value, printable
 * @param impact what changing it does
 */
public record Difference(String field, String desired, String actual, Impact impact) {
  /** What a change does to the running resource. */
  public enum Impact {
    /** Changed while it serves. */
    IN_PLACE,
    /** Interrupts service, so it is left to the provider's maintenance window. */
    DISRUPTIVE,
    /** Only a new resource could have it; never done to data without consent. */
    REPLACING
  }

  @Override
  public String toString() {
    return field + " " + actual + " -> " + desired;
  }
}
