/** The local platform as a whole: what is started when, and how long it lives. */
@NullMarked
package io.highlyavailable.testbed;

import org.jspecify.annotations.NullMarked;
