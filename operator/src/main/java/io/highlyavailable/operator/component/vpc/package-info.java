/** The VPC of a managed network. */
@NullMarked
package io.highlyavailable.operator.component.vpc;

import org.jspecify.annotations.NullMarked;
