/** The right of worker nodes to join an EKS cluster. */
@NullMarked
package io.highlyavailable.operator.component.accessentry;

import org.jspecify.annotations.NullMarked;
