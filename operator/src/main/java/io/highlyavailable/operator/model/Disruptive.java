package io.highlyavailable.operator.model;

/** When a change that interrupts service is made, unless a person approves it earlier. */
public enum Disruptive {
  /** In the maintenance window. */
  MAINTENANCE_WINDOW,
  /** At once. */
  IMMEDIATE,
  /** Only with a person's approval. */
  REQUIRE_APPROVAL
}
