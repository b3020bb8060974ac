package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to data when its resource, its block or the whole app is deleted. */
public enum DeletionPolicy {
  /** A final snapshot is taken before deletion; what has no snapshots (a bucket) is retained. */
  @JsonProperty("Snapshot")
  SNAPSHOT,

  /** The resource is kept as it is and reported. */
  @JsonProperty("Retain")
  RETAIN,

  /** The resource and its data are deleted. */
  @JsonProperty("Delete")
  DELETE
}
