package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a load balancer serves HTTPS. */
public enum TlsMode {
  /** HTTPS on 443; port 80 redirects to it. */
  @JsonProperty("Enabled")
  ENABLED,

  /** Plain HTTP on port 80. */
  @JsonProperty("Disabled")
  DISABLED
}
