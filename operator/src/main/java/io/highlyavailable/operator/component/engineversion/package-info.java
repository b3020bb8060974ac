/** The versions that RDS gives databases for which nobody chose one, of which only that is read. */
@NullMarked
package io.highlyavailable.operator.component.engineversion;

import org.jspecify.annotations.NullMarked;
