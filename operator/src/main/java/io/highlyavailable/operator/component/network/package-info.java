/** The VPC that an app's data lives in; only read. */
@NullMarked
package io.highlyavailable.operator.component.network;

import org.jspecify.annotations.NullMarked;
