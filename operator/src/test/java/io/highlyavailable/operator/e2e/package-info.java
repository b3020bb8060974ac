/**
 * The operator as its real process against a real API server, an AWS emulator and a load balancer.
 */
@NullMarked
package io.highlyavailable.operator.e2e;

import org.jspecify.annotations.NullMarked;
