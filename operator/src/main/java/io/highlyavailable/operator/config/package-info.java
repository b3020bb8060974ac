/** The administrator's configuration, typed and validated at start. */
@NullMarked
package io.highlyavailable.operator.config;

import org.jspecify.annotations.NullMarked;
