package io.highlyavailable.operator.model;

/** What becomes of data when its block or its app is removed and protection is off. */
public enum DeletionPolicy {
  /** A final snapshot is taken where the service has one; elsewhere the data is retained. */
  SNAPSHOT,
  /** The resource stays, tagged as retained. */
  RETAIN,
  /** The resource and its data are deleted. */
  DELETE
}
