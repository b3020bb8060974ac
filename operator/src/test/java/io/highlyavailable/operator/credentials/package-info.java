@NullMarked
package io.highlyavailable.operator.credentials;

import org.jspecify.annotations.NullMarked;
