package io.highlyavailable.operator.model;

/**
 * Everything that tells one app from every other, in this cluster and in any other that shares the
 * cloud account.
 *
 * @param clusterId the administrator's stable name of the cluster; survives a rebuild of it
 * @param clusterUid UID of the namespace {@code kube-system}; changes with a rebuild
 * @param namespace the namespace's name
 * @param namespaceUid the namespace's UID; changes when the namespace is recreated
 * @param name the custom resource's name
 * @param uid the custom resource's UID; changes when it is recreated
 */
public record AppIdentity(
    String clusterId,
    String clusterUid,
    String namespace,
    String namespaceUid,
    String name,
    String uid) {

  /** Where the app lives in its cluster. */
  public AppKey key() {
    return new AppKey(namespace, name);
  }

  /** Names the cluster and namespace incarnation, the way an administrator approves it. */
  public String owner() {
    return clusterUid + "/" + namespaceUid;
  }
}
