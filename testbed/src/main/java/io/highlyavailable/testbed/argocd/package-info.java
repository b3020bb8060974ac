/** Argo CD itself as processes of this machine, and a Git server for it to read. */
@NullMarked
package io.highlyavailable.testbed.argocd;

import org.jspecify.annotations.NullMarked;
