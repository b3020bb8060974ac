@NullMarked
package io.highlyavailable.bench;

import org.jspecify.annotations.NullMarked;
