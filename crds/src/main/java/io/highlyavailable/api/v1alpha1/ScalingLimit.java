package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What holds the number of replicas where it is. */
public enum ScalingLimit {
  /** Nothing asks for more than scaling.minReplicas. */
  @JsonProperty("minReplicas")
  MIN_REPLICAS,

  /** There are as many as scaling.maxReplicas allows. */
  @JsonProperty("maxReplicas")
  MAX_REPLICAS,

  /** The requests at the load balancer need as many. */
  @JsonProperty("requestsPerSecond")
  REQUESTS_PER_SECOND,

  /** The use of CPU needs as many, or did within the stabilisation window. */
  @JsonProperty("cpu")
  CPU,

  /** The use of memory needs as many, or did within the stabilisation window. */
  @JsonProperty("memory")
  MEMORY,

  /** The autoscaler gets no metrics and leaves the number as it is. */
  @JsonProperty("noMetrics")
  NO_METRICS,

  /** The Deployment was scaled to 0 by hand, which switches the autoscaler off. */
  @JsonProperty("switchedOff")
  SWITCHED_OFF
}
