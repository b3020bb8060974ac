/** Records of all traffic in a managed network. */
@NullMarked
package io.highlyavailable.operator.component.flowlog;

import org.jspecify.annotations.NullMarked;
