package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What was done about a difference between desired and actual. */
public enum DriftAction {
  /** The desired value was written again. */
  @JsonProperty("Corrected")
  CORRECTED,

  /** Left as it is: changing it back needs a person. */
  @JsonProperty("Reported")
  REPORTED,

  /** Waits for the maintenance window or for approval. */
  @JsonProperty("Waiting")
  WAITING
}
