/** The certificates in Certificate Manager, of which one is for the app's host; only read. */
@NullMarked
package io.highlyavailable.operator.component.certificate;

import org.jspecify.annotations.NullMarked;
