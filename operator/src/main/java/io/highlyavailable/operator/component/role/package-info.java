/** The IAM roles that an app's pods, its instances and AWS's services for it take on. */
@NullMarked
package io.highlyavailable.operator.component.role;

import org.jspecify.annotations.NullMarked;
