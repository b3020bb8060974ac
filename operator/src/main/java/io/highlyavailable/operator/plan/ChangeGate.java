package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.model.ChangeRules;
import java.time.Instant;
import java.util.List;

/**
 * Decides whether a change that interrupts service may be made now.
 *
 * @param open whether nothing has to wait: the policy says at once, or the window is open
 * @param approved the changes that a person approved by their hash
 * @param waitsFor what opens it, for people
 */
public record ChangeGate(boolean open, HeldChanges approved, String waitsFor) {
  /** Nothing has to wait. */
  public static final ChangeGate OPEN = new ChangeGate(true, HeldChanges.NONE, "");

  /**
   * The gate at one moment.
   *
   * @param recorded what the status last said was waiting: what an approval is of
   */
  public static ChangeGate at(Instant now, ChangeRules rules, HeldChanges recorded) {
    HeldChanges approved =
        recorded.hash().isEmpty() || !recorded.hash().equals(rules.approvedPlan())
            ? HeldChanges.NONE
            : recorded;
    return switch (rules.disruptive()) {
      case IMMEDIATE -> new ChangeGate(true, approved, "");
      case REQUIRE_APPROVAL -> new ChangeGate(false, approved, "approval");
      case MAINTENANCE_WINDOW ->
          new ChangeGate(
              rules.window().open(now),
              approved,
              "the maintenance window " + rules.window().text() + " UTC");
    };
  }

  /** Whether a change may be made now. */
  boolean lets(String component, Difference difference) {
    return !difference.impact().gated()
        || open && difference.impact() == Impact.DISRUPTIVE
        || approved(component, difference);
  }

  /** Whether a person approved all of these changes. */
  boolean approved(List<HeldChanges.Change> changes) {
    return approved.changes().containsAll(changes);
  }

  /** What a change that is held back waits for, for people. */
  String waitsFor(Difference difference) {
    return difference.impact() == Impact.IRREVERSIBLE ? "approval" : waitsFor;
  }

  /** Whether a person approved exactly this change. */
  boolean approved(String component, Difference difference) {
    return approved.changes().contains(HeldChanges.Change.of(component, difference));
  }
}
