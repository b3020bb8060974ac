/** The network that an administrator would have made before the operator arrives. */
@NullMarked
package io.highlyavailable.testbed.network;

import org.jspecify.annotations.NullMarked;
