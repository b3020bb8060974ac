/** The secret from which an app's instances take their environment. */
@NullMarked
package io.highlyavailable.operator.component.appsecret;

import org.jspecify.annotations.NullMarked;
