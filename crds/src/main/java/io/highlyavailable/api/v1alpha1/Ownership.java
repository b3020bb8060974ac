package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a component came to be the app's. */
public enum Ownership {
  /** Made by the operator, and its to change and delete. */
  @JsonProperty("Created")
  CREATED,

  /** Existed before and was handed over; never deleted. */
  @JsonProperty("Adopted")
  ADOPTED,

  /** Only read. */
  @JsonProperty("Referenced")
  REFERENCED
}
