/** The EKS cluster that the operator runs in, as nodes have to know it; only read. */
@NullMarked
package io.highlyavailable.operator.component.cluster;

import org.jspecify.annotations.NullMarked;
