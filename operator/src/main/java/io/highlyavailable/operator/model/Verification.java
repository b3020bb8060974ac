package io.highlyavailable.operator.model;

import java.time.Instant;

/**
 * How a verification of backups ended.
 *
 * @param time when, to the second
 * @param succeeded whether the backup was restored and the database opened
 * @param restoredTo the time that the backup reaches at least; empty where that is not known
 * @param message what was found, or why it failed: one stable line
 */
public record Verification(Instant time, boolean succeeded, String restoredTo, String message) {}
