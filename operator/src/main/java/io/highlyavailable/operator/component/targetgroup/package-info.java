/** The target group of an app's instances, and how its load balancer finds them. */
@NullMarked
package io.highlyavailable.operator.component.targetgroup;

import org.jspecify.annotations.NullMarked;
