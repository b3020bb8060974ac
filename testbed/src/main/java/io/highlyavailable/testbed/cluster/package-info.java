/** The Kubernetes cluster that tests and the local demo run against. */
@NullMarked
package io.highlyavailable.testbed.cluster;

import org.jspecify.annotations.NullMarked;
