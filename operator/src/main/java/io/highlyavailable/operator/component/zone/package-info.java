/** The availability zones of a region; only read. */
@NullMarked
package io.highlyavailable.operator.component.zone;

import org.jspecify.annotations.NullMarked;
