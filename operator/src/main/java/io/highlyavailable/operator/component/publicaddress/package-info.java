/** The public addresses of NAT gateways. */
@NullMarked
package io.highlyavailable.operator.component.publicaddress;

import org.jspecify.annotations.NullMarked;
