/** The container image, as far as it can be seen without a container engine. */
@NullMarked
package io.highlyavailable.operator.image;

import org.jspecify.annotations.NullMarked;
