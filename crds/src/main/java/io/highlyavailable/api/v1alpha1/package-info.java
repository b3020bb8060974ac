/**
 * The API {@code highlyavailable.io/v1alpha1}: what a user writes and reads, as records.
 *
 * <p>The CRD, its reference documentation and its validation are generated from this package. A
 * component's {@code JsonPropertyDescription} states its meaning, unit, range and default once: it
 * is the field's documentation here, in {@code kubectl explain} and in {@code docs/reference}.
 *
 * <p>The API server has validated and defaulted what the operator reads. Components that may still
 * be absent are {@code @Nullable}; lists and maps are never null. Unknown fields are ignored, so
 * that an object written by a newer version does not stop an informer.
 */
@NullMarked
package io.highlyavailable.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
