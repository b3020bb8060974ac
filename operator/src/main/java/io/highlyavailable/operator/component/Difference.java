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
    /** Interrupts service, so it waits for the app's maintenance window or for approval. */
    DISRUPTIVE,
    /** Interrupts service and cannot be undone, so only a person's approval lets it happen. */
    IRREVERSIBLE,
    /** Only a new resource could have it; never done to data without consent. */
    REPLACING;

    /** Whether it needs a maintenance window or a person's approval. */
    public boolean gated() {
      return this == DISRUPTIVE || this == IRREVERSIBLE;
    }
  }

  @Override
  public String toString() {
    return field + " " + actual + " -> " + desired;
  }
}
