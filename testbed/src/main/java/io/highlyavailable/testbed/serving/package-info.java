/**
 * Pods that serve: nodes whose pods are processes of this machine, a real proxy before them that
 * lets go of targets as slowly as a load balancer of AWS does, and load that counts what fails.
 */
@NullMarked
package io.highlyavailable.testbed.serving;

import org.jspecify.annotations.NullMarked;
