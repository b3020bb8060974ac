/** The security groups that decide who reaches a database or a session store. */
@NullMarked
package io.highlyavailable.operator.component.securitygroup;

import org.jspecify.annotations.NullMarked;
