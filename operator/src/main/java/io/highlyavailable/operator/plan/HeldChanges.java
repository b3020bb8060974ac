package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.model.Names;
import java.util.List;

/**
 * Changes that wait for the maintenance window or for a person.
 *
 * @param hash identifies exactly these changes; empty when there are none
 * @param changes in the order of the plan
 */
public record HeldChanges(String hash, List<Change> changes) {
  /** Nothing waits. */
  public static final HeldChanges NONE = new HeldChanges("", List.of());

  public HeldChanges {
    changes = List.copyOf(changes);
  }

  /**
   * One change.
   *
   * @param component the component's name
   * @param disruptive whether it interrupts service
   * @param summary the field and both values
   */
  public record Change(String component, boolean disruptive, String summary) {
    static Change of(String component, Difference difference) {
      return new Change(component, difference.impact().gated(), difference.toString());
    }
  }

  /** These changes under their hash. */
  static HeldChanges of(List<Change> changes) {
    if (changes.isEmpty()) {
      return NONE;
    }
    String[] lines =
        changes.stream()
            .map(change -> change.component() + ": " + change.summary())
            .toArray(String[]::new);
    return new HeldChanges("sha256:" + Names.fingerprint(lines), changes);
  }
}
