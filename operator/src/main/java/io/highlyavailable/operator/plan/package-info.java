/** Decides what has to happen: compares what is wanted with what is. Pure. */
@NullMarked
package io.highlyavailable.operator.plan;

import org.jspecify.annotations.NullMarked;
