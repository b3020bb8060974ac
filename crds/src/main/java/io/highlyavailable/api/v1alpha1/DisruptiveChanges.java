package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a change that interrupts service is made. */
public enum DisruptiveChanges {
  /** In the maintenance window, or earlier when a person approves the plan. */
  @JsonProperty("MaintenanceWindow")
  MAINTENANCE_WINDOW,

  /** At once. */
  @JsonProperty("Immediate")
  IMMEDIATE,

  /** Only when a person approves the plan. */
  @JsonProperty("RequireApproval")
  REQUIRE_APPROVAL
}
