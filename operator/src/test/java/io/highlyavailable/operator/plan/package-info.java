/** Tests of {@code operator.plan}. */
@NullMarked
package io.highlyavailable.operator.plan;

import org.jspecify.annotations.NullMarked;
