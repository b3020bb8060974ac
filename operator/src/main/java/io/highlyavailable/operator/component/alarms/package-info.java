/** The CloudWatch alarms that watch what an app has. */
@NullMarked
package io.highlyavailable.operator.component.alarms;

import org.jspecify.annotations.NullMarked;
