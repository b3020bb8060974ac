/**
 * What the CRD generator cannot derive from the records: schemas of core types, list-map keys.
 *
 * <p>Used at build time only; {@code crd-generator-api-v2} is not on the class path of a running
 * operator.
 */
@NullMarked
package io.highlyavailable.api.v1alpha1.schema;

import org.jspecify.annotations.NullMarked;
