package io.highlyavailable.operator.component.instancegroup;

import java.util.Set;

/**
 * The replacement of a group's instances by such of another version of the launch template.
 *
 * @param id its id
 * @param version the version that the new ones are of; empty when it names none
 * @param status EC2 Auto Scaling's word for how it stands
 * @param percentage how much of it is done
 * @param reason why it stands so; may be empty
 */
public record Refresh(String id, String version, String status, int percentage, String reason) {
  static final String PENDING = "Pending";
  static final String CANCELLING = "Cancelling";

  private static final Set<String> ACTIVE =
      Set.of(PENDING, "InProgress", "Baking", CANCELLING, "RollbackInProgress");

  private static final Set<String> FAILED =
      Set.of("Failed", "RollbackSuccessful", "RollbackFailed");

  /** Whether instances are being replaced, one way or the other. */
  public boolean active() {
    return ACTIVE.contains(status);
  }

  /** Whether the new instances did not work. */
  public boolean failed() {
    return FAILED.contains(status);
  }

  Refresh as(String changed) {
    return new Refresh(id, version, changed, percentage, reason);
  }
}
