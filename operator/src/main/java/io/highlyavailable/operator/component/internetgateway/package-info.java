/** The way between a managed network and the internet. */
@NullMarked
package io.highlyavailable.operator.component.internetgateway;

import org.jspecify.annotations.NullMarked;
