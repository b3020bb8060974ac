package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The status of a condition, as in metav1.Condition. */
public enum ConditionStatus {
  /** The condition holds. */
  @JsonProperty("True")
  TRUE,

  /** The condition does not hold. */
  @JsonProperty("False")
  FALSE,

  /** Not known yet. */
  @JsonProperty("Unknown")
  UNKNOWN
}
