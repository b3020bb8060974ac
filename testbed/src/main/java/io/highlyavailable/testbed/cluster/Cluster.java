package io.highlyavailable.testbed.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;

/** A Kubernetes cluster with RBAC that a test or the demo may do anything in. */
public sealed interface Cluster extends AutoCloseable
    permits NativeCluster, K3sCluster, ExistingCluster {

  /** What the cluster is made of. */
  Kind kind();

  /** A kubeconfig of a cluster administrator, readable by its owner only. */
  Path kubeconfig();

  /** A client of a cluster administrator, shared by all callers and closed with the cluster. */
  KubernetesClient client();

  /**
   * Writes a kubeconfig that acts as a service account, with a token from the TokenRequest API for
   * as long as the API server grants, at most a year.
   *
   * @param namespace the service account's namespace
   * @param serviceAccount an existing service account
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when there is no such service
   *     account
   */
  Path kubeconfigFor(String namespace, String serviceAccount);

  /** The record of the API server's write requests, where the cluster is ours to configure. */
  Optional<ApiServerAudit> audit();

  /** Ends what was started for it. An existing cluster is left as it is. */
  @Override
  void close();

  /** What a cluster is made of. */
  enum Kind {
    /** The real control plane as processes of this machine, with fake nodes. */
    NATIVE,
    /** k3s in a container. */
    K3S,
    /** Somebody else's, by its kubeconfig. */
    EXISTING
  }
}
