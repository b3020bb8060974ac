package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a verification of backups ended. */
public enum VerificationResult {
  /** The backup was restored and the database opened. */
  @JsonProperty("Succeeded")
  SUCCEEDED,

  /** It was not, or not in time. */
  @JsonProperty("Failed")
  FAILED
}
