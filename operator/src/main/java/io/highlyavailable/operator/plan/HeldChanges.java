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
   * @param kind what is done
   * @param disruptive whether it interrupts service
   * @param summary the field and both values, on one line that a status holds whole
   */
  public record Change(String component, Kind kind, boolean disruptive, String summary) {
    /** What a status holds. */
    private static final int LONGEST = 4096;

    /** What is left of a longer text, with room for what tells it from others. */
    private static final int BEGINNING = 4000;

    public Change {
      String line = summary.replaceAll("\\s+", " ").strip();
      summary =
          line.length() <= LONGEST
              ? line
              : line.substring(0, BEGINNING) + "... (" + Names.fingerprint(line) + ")";
    }

    /** A change of a field. */
    public Change(String component, boolean disruptive, String summary) {
      this(component, Kind.UPDATE, disruptive, summary);
    }

    static Change of(String component, Difference difference) {
      return new Change(component, difference.impact().gated(), difference.toString());
    }
  }

  /** What a change does. */
  public enum Kind {
    /** A field gets another value. */
    UPDATE,
    /** A resource that somebody else made becomes the app's. */
    ADOPT
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
