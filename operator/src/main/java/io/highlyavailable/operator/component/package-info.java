/**
 * The contracts a cloud resource keeps so that one planner and one engine can drive them all. Pure.
 */
@NullMarked
package io.highlyavailable.operator.component;

import org.jspecify.annotations.NullMarked;
