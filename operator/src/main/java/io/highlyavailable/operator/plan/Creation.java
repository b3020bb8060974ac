package io.highlyavailable.operator.plan;

import java.time.Instant;

/**
 * The intent to create a resource, put on record before the call.
 *
 * @param by the operator process that creates it
 * @param at when it was put on record, to the second
 */
public record Creation(String by, Instant at) {}
