/** A real node: kubelet, containerd and a network, beside the fake nodes of a native cluster. */
@NullMarked
package io.highlyavailable.testbed.node;

import org.jspecify.annotations.NullMarked;
