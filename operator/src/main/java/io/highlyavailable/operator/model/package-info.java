/**
 * The app as the operator understands it: its spec, defaulted and checked once, its identity and
 * its names. Pure.
 */
@NullMarked
package io.highlyavailable.operator.model;

import org.jspecify.annotations.NullMarked;
