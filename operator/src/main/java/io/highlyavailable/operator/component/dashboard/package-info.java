/** The app's dashboard in CloudWatch: its widgets as types, where they stand, and its adapter. */
@NullMarked
package io.highlyavailable.operator.component.dashboard;

import org.jspecify.annotations.NullMarked;
