package io.highlyavailable.operator.component.zone;

/**
 * What a network needs of its region.
 *
 * @param count how many zones
 */
public record ZonesDesired(int count) {}
