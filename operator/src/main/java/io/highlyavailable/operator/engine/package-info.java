/** Drives: caches what clouds hold, queues actions, applies Kubernetes objects. */
@NullMarked
package io.highlyavailable.operator.engine;

import org.jspecify.annotations.NullMarked;
