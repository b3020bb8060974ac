package io.highlyavailable.operator.model;

import java.util.Map;
import java.util.TreeMap;

/** The tags by which the operator knows what is its own. */
public final class OwnershipTags {
  private static final String DOMAIN = "highlyavailable.io/";
  public static final String CLUSTER_ID = DOMAIN + "cluster-id";
  public static final String CLUSTER_UID = DOMAIN + "cluster-uid";
  public static final String NAMESPACE = DOMAIN + "namespace";
  public static final String NAMESPACE_UID = DOMAIN + "namespace-uid";
  public static final String NAME = DOMAIN + "name";
  public static final String UID = DOMAIN + "uid";
  public static final String COMPONENT = DOMAIN + "component";

  /** Set on data that outlives its app; its value is the deletion policy that was in force. */
  public static final String RETAINED = DOMAIN + "retained";

  /**
   * Set on data: the deletion policy in force, for when its block is gone and the policy with it.
   */
  public static final String DELETION_POLICY = DOMAIN + "deletion-policy";

  /**
   * Set by an administrator on what an app of that namespace may adopt or restore although it was
   * made by somebody else.
   */
  public static final String ALLOWED_NAMESPACE = DOMAIN + "allowed-namespace";

  /** Set on what somebody else made and an app took over: it is never deleted. */
  public static final String ADOPTED = DOMAIN + "adopted";

  private OwnershipTags() {}

  /** Whether tags say that a resource was taken over, not made. */
  public static boolean adopted(Map<String, String> tags) {
    return tags.containsKey(ADOPTED);
  }

  /**
   * Whether data may be used by an app: an administrator released it to the namespace, or it is an
   * app's of the same namespace.
   *
   * @param app the app's own tags
   * @param data the tags of the data
   */
  public static boolean releasedTo(Map<String, String> app, Map<String, String> data) {
    String namespace = app.get(NAMESPACE);
    return namespace != null
        && (namespace.equals(data.get(ALLOWED_NAMESPACE))
            || namespace.equals(data.get(NAMESPACE))
                && app.getOrDefault(CLUSTER_ID, "").equals(data.get(CLUSTER_ID)));
  }

  /** The tags that make a resource the app's, in a stable order. */
  public static Map<String, String> of(AppIdentity app, String component) {
    Map<String, String> tags = new TreeMap<>();
    tags.put(CLUSTER_ID, app.clusterId());
    tags.put(CLUSTER_UID, app.clusterUid());
    tags.put(NAMESPACE, app.namespace());
    tags.put(NAMESPACE_UID, app.namespaceUid());
    tags.put(NAME, app.name());
    tags.put(UID, app.uid());
    tags.put(COMPONENT, component);
    return tags;
  }

  /** Whose the resource with these tags is, seen from {@code app} and for {@code component}. */
  public static Ownership classify(
      AppIdentity app, String component, Map<String, String> observed) {
    boolean sameApp =
        app.clusterId().equals(observed.get(CLUSTER_ID))
            && app.namespace().equals(observed.get(NAMESPACE))
            && app.name().equals(observed.get(NAME))
            && component.equals(observed.get(COMPONENT));
    if (!sameApp || !observed.containsKey(UID)) {
      return Ownership.FOREIGN;
    }
    boolean sameIncarnation =
        app.clusterUid().equals(observed.get(CLUSTER_UID))
            && app.namespaceUid().equals(observed.get(NAMESPACE_UID));
    if (!sameIncarnation) {
      return Ownership.FORMER_OWNER;
    }
    return app.uid().equals(observed.get(UID)) ? Ownership.OURS : Ownership.PREDECESSOR;
  }

  /** Names the incarnation that tagged a resource, as an administrator would approve it. */
  public static String formerOwner(Map<String, String> observed) {
    return observed.getOrDefault(CLUSTER_UID, "?")
        + "/"
        + observed.getOrDefault(NAMESPACE_UID, "?");
  }
}
