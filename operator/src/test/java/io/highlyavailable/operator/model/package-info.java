/** Tests of the pure model. */
@NullMarked
package io.highlyavailable.operator.model;

import org.jspecify.annotations.NullMarked;
