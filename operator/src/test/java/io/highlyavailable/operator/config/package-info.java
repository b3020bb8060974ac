/** Tests of {@code operator.config}. */
@NullMarked
package io.highlyavailable.operator.config;

import org.jspecify.annotations.NullMarked;
