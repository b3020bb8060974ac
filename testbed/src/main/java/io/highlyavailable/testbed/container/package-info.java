/**
 * A real container engine, and the operator's image as its Dockerfile makes it. Base images that
 * cannot be pulled everywhere are made from packages of the distribution.
 */
@NullMarked
package io.highlyavailable.testbed.container;

import org.jspecify.annotations.NullMarked;
