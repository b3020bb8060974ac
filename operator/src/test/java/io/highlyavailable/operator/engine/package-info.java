/** Tests of {@code operator.engine}. */
@NullMarked
package io.highlyavailable.operator.engine;

import org.jspecify.annotations.NullMarked;
