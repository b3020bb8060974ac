/** The per-user cache of the programs that the local platform consists of. */
@NullMarked
package io.highlyavailable.testbed.build;

import org.jspecify.annotations.NullMarked;
