/** The IAM role that an app's pods take on. */
@NullMarked
package io.highlyavailable.operator.component.role;

import org.jspecify.annotations.NullMarked;
