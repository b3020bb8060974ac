/** The subnets that a database or a session store may live in. */
@NullMarked
package io.highlyavailable.operator.component.subnetgroup;

import org.jspecify.annotations.NullMarked;
