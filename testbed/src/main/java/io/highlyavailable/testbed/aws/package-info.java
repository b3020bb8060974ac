/**
 * The AWS emulator: starting it, pointing clients at it, disturbing it, and reading its call log.
 */
@NullMarked
package io.highlyavailable.testbed.aws;

import org.jspecify.annotations.NullMarked;
