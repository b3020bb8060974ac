/**
 * Traces of what the operator does, off by default. Nothing outside this package knows
 * OpenTelemetry.
 */
@NullMarked
package io.highlyavailable.operator.tracing;

import org.jspecify.annotations.NullMarked;
