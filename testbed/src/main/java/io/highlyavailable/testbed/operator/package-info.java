/**
 * The operator as a process of its own, with the identity and the rights that its chart gives it.
 */
@NullMarked
package io.highlyavailable.testbed.operator;

import org.jspecify.annotations.NullMarked;
