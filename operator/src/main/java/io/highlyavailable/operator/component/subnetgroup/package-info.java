/** The subnets that a database may live in. */
@NullMarked
package io.highlyavailable.operator.component.subnetgroup;

import org.jspecify.annotations.NullMarked;
