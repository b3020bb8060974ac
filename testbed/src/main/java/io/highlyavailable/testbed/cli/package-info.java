/** The command behind {@code deploy.sh --local}. */
@NullMarked
package io.highlyavailable.testbed.cli;

import org.jspecify.annotations.NullMarked;
