/** Measures the operator against a client that makes the same writes and does nothing else. */
@NullMarked
package io.highlyavailable.bench;

import org.jspecify.annotations.NullMarked;
