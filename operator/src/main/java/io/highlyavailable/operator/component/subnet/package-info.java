/** The public and private subnets of a managed network. */
@NullMarked
package io.highlyavailable.operator.component.subnet;

import org.jspecify.annotations.NullMarked;
