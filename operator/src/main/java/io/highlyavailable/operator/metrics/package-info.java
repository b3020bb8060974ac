/** What the operator measures of itself, for Prometheus. */
@NullMarked
package io.highlyavailable.operator.metrics;

import org.jspecify.annotations.NullMarked;
