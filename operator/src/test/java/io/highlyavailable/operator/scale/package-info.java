/** Many apps at once: what they cost when nothing happens, and how soon drift is repaired. */
@NullMarked
package io.highlyavailable.operator.scale;

import org.jspecify.annotations.NullMarked;
