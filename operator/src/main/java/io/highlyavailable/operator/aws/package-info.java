/** Clients, identity and error classification shared by all AWS adapters. */
@NullMarked
package io.highlyavailable.operator.aws;

import org.jspecify.annotations.NullMarked;
