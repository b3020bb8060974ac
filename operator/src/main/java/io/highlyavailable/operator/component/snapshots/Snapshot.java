package io.highlyavailable.operator.component.snapshots;

import java.time.Instant;

/**
 * A manual or final snapshot of a database.
 *
 * @param id its identifier
 * @param taken when it was taken
 */
public record Snapshot(String id, Instant taken) {}
