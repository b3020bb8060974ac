/** The security group that decides who reaches a database. */
@NullMarked
package io.highlyavailable.operator.component.securitygroup;

import org.jspecify.annotations.NullMarked;
