@NullMarked
package io.highlyavailable.operator.tracing;

import org.jspecify.annotations.NullMarked;
