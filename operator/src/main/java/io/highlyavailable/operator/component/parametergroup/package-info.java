/** The DB parameter groups of an app's database, which make it refuse connections without TLS. */
@NullMarked
package io.highlyavailable.operator.component.parametergroup;

import org.jspecify.annotations.NullMarked;
