package io.highlyavailable.operator.model;

/**
 * When changes that interrupt service are made.
 *
 * @param disruptive when
 * @param window the weekly maintenance window
 * @param approvedPlan hash of the plan that a person approved; empty for none
 */
public record ChangeRules(Disruptive disruptive, MaintenanceWindow window, String approvedPlan) {}
