/** Tests of {@code operator.metrics}. */
@NullMarked
package io.highlyavailable.operator.metrics;

import org.jspecify.annotations.NullMarked;
