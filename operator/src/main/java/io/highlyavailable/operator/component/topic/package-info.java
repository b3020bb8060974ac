/** The SNS topics through which alarms notify people. */
@NullMarked
package io.highlyavailable.operator.component.topic;

import org.jspecify.annotations.NullMarked;
