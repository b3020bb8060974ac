/** The launch template: what an instance is like. */
@NullMarked
package io.highlyavailable.operator.component.launchtemplate;

import org.jspecify.annotations.NullMarked;
