/** The emulator's contract: what AWS documents and moto, by itself, does not do. */
@NullMarked
package io.highlyavailable.testbed.aws;

import org.jspecify.annotations.NullMarked;
