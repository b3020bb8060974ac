package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How private subnets of a managed network reach the internet. */
public enum NatGatewayMode {
  /** Each through a NAT gateway in its own zone. */
  @JsonProperty("PerZone")
  PER_ZONE,

  /** All through one NAT gateway, in the first zone. */
  @JsonProperty("Single")
  SINGLE,

  /** Not at all. */
  @JsonProperty("None")
  NONE
}
