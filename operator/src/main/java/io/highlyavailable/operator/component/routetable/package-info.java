/** The routes of a managed network's subnets. */
@NullMarked
package io.highlyavailable.operator.component.routetable;

import org.jspecify.annotations.NullMarked;
