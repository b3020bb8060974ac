/** Tests of the rendering of Kubernetes objects. */
@NullMarked
package io.highlyavailable.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
