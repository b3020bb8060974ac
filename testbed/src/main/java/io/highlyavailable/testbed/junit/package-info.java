/** Injects the local platform into JUnit tests. */
@NullMarked
package io.highlyavailable.testbed.junit;

import org.jspecify.annotations.NullMarked;
