/**
 * One installation from beginning to end, as an administrator does it: the same steps wherever
 * there is a cluster, and more of them where pods are containers.
 */
@NullMarked
package io.highlyavailable.operator.install;

import org.jspecify.annotations.NullMarked;
