/** The way out of private subnets. */
@NullMarked
package io.highlyavailable.operator.component.natgateway;

import org.jspecify.annotations.NullMarked;
