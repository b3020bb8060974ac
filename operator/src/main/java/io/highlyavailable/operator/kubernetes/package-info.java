/** Renders an app into Kubernetes objects. Pure. */
@NullMarked
package io.highlyavailable.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
