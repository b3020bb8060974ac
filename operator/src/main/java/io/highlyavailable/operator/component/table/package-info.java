/** A table in DynamoDB. */
@NullMarked
package io.highlyavailable.operator.component.table;

import org.jspecify.annotations.NullMarked;
