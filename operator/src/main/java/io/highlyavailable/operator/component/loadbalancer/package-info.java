/** The load balancer that the AWS Load Balancer Controller made for an app; only read. */
@NullMarked
package io.highlyavailable.operator.component.loadbalancer;

import org.jspecify.annotations.NullMarked;
