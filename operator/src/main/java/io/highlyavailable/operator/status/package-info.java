/** Turns a plan into the status a user reads. Pure. */
@NullMarked
package io.highlyavailable.operator.status;

import org.jspecify.annotations.NullMarked;
