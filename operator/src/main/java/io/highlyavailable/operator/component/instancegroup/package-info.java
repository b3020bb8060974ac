/** The Auto Scaling group: how many instances there are, where, and how they are replaced. */
@NullMarked
package io.highlyavailable.operator.component.instancegroup;

import org.jspecify.annotations.NullMarked;
