/** The security groups that decide who reaches data, instances and their load balancer. */
@NullMarked
package io.highlyavailable.operator.component.securitygroup;

import org.jspecify.annotations.NullMarked;
