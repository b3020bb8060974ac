package io.highlyavailable.testbed.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Optional;

/** A cluster that somebody else started and that stays when we are done. */
public final class ExistingCluster implements Cluster {
  private final Path kubeconfig;
  private final Path directory;
  private final KubernetesClient client;

  /**
   * Connects to the current context of a kubeconfig.
   *
   * @param kubeconfig of a cluster administrator
   * @param directory for the kubeconfigs of service accounts
   */
  public ExistingCluster(Path kubeconfig, Path directory) {
    this.kubeconfig = kubeconfig.toAbsolutePath();
    this.directory = directory.toAbsolutePath();
    this.client = Kubeconfig.client(kubeconfig);
  }

  @Override
  public Kind kind() {
    return Kind.EXISTING;
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public Path kubeconfigFor(String namespace, String serviceAccount) {
    return Kubeconfig.ofServiceAccount(client, namespace, serviceAccount)
        .write(directory.resolve(namespace + "." + serviceAccount + ".kubeconfig"));
  }

  @Override
  public Optional<ApiServerAudit> audit() {
    return Optional.empty();
  }

  @Override
  public void close() {
    client.close();
  }
}
