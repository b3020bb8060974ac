package io.highlyavailable.operator.model;

/** Whose a cloud resource is, as its tags say. A name proves nothing. */
public enum Ownership {
  /** Tagged with this very object's UID. */
  OURS,

  /**
   * Tagged by an earlier object of this name in this cluster and namespace: re-attach and re-tag,
   * but delete nothing before that.
   */
  PREDECESSOR,

  /**
   * Tagged by an app of this cluster id, namespace and name in another incarnation of the cluster
   * or namespace: re-attach only when the administrator has approved that former owner.
   */
  FORMER_OWNER,

  /** Anything else; never adopted, changed or deleted. */
  FOREIGN
}
