package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One word for the state of an app; conditions say more. */
public enum Phase {
  /** Nothing has been done yet. */
  @JsonProperty("Pending")
  PENDING,

  /** Being created or changed. */
  @JsonProperty("Progressing")
  PROGRESSING,

  /** Everything asked for was observed. */
  @JsonProperty("Ready")
  READY,

  /** It was Ready and a component is not any more. */
  @JsonProperty("Degraded")
  DEGRADED,

  /** It cannot go on without a person; the Ready condition says why. */
  @JsonProperty("Stalled")
  STALLED,

  /** The annotation {@code highlyavailable.io/paused} is set: nothing is written. */
  @JsonProperty("Paused")
  PAUSED,

  /** Being deleted. */
  @JsonProperty("Deleting")
  DELETING
}
