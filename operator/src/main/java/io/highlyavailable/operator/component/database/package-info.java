/** A relational database on RDS. */
@NullMarked
package io.highlyavailable.operator.component.database;

import org.jspecify.annotations.NullMarked;
