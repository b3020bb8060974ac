/** The load balancer that the operator itself makes, for apps that run on instances. */
@NullMarked
package io.highlyavailable.operator.component.balancer;

import org.jspecify.annotations.NullMarked;
