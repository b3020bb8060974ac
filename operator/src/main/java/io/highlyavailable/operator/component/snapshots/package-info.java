/** The snapshots of an app's databases, of which only the listing is read. */
@NullMarked
package io.highlyavailable.operator.component.snapshots;

import org.jspecify.annotations.NullMarked;
