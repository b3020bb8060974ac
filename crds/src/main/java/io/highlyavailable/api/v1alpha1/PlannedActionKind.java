package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a planned change does. */
public enum PlannedActionKind {
  /** A field gets another value. */
  @JsonProperty("Update")
  UPDATE,

  /** A resource that exists already becomes the app's. */
  @JsonProperty("Adopt")
  ADOPT
}
