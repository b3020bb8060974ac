/** The log group in CloudWatch Logs that records of a managed network's traffic are kept in. */
@NullMarked
package io.highlyavailable.operator.component.loggroup;

import org.jspecify.annotations.NullMarked;
