package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How strictly pods are spread over zones and nodes. */
public enum TopologySpread {
  /** Spread as far as capacity allows ({@code ScheduleAnyway}). */
  @JsonProperty("Preferred")
  PREFERRED,

  /** A pod that would unbalance the zones stays pending ({@code DoNotSchedule}). */
  @JsonProperty("Required")
  REQUIRED
}
