/** The connection of a managed network with the cluster's VPC. */
@NullMarked
package io.highlyavailable.operator.component.peering;

import org.jspecify.annotations.NullMarked;
