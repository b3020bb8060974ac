package io.highlyavailable.operator.component.loggroup;

/**
 * A log group as it should be.
 *
 * @param name its name
 * @param retentionDays for how many days records are kept
 */
public record LogGroupDesired(String name, int retentionDays) {}
