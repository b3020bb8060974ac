/** The load balancer controller's contract, pure first and then on a real API server. */
@NullMarked
package io.highlyavailable.testbed.alb;

import org.jspecify.annotations.NullMarked;
