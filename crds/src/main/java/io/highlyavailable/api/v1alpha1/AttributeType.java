package io.highlyavailable.api.v1alpha1;

/** Type of a key attribute in Amazon DynamoDB, by its name there. */
public enum AttributeType {
  /** Text. */
  S,

  /** A number. */
  N,

  /** Bytes. */
  B
}
