/** Tests of {@code operator.status}. */
@NullMarked
package io.highlyavailable.operator.status;

import org.jspecify.annotations.NullMarked;
