/** What is delivered by Git: health for Argo CD, conditions for Flux, and the examples for both. */
@NullMarked
package io.highlyavailable.operator.gitops;

import org.jspecify.annotations.NullMarked;
