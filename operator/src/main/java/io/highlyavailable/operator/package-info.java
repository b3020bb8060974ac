/** The operator: its entry point, and the reconciler that drives everything below. */
@NullMarked
package io.highlyavailable.operator;

import org.jspecify.annotations.NullMarked;
