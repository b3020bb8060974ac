package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a load balancer can be reached from. */
public enum LoadBalancerScheme {
  /** From the internet, in public subnets. */
  @JsonProperty("internet-facing")
  INTERNET_FACING,

  /** From the VPC only, in private subnets. */
  @JsonProperty("internal")
  INTERNAL;

  /** Returns the value that the AWS Load Balancer Controller and Elastic Load Balancing know. */
  public String awsName() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
