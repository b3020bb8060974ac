/** A real Prometheus, for what is said to it and asked of it. */
@NullMarked
package io.highlyavailable.testbed.prometheus;

import org.jspecify.annotations.NullMarked;
