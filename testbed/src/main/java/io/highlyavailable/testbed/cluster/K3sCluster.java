package io.highlyavailable.testbed.cluster;

import com.github.dockerjava.api.exception.NotFoundException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** k3s in a container of its own, with one real node. */
public final class K3sCluster implements Cluster {

  /** The Kubernetes minor version that the native cluster has, too. */
  public static final String IMAGE = "rancher/k3s:v1.34.2-k3s1";

  private final K3sContainer container;
  private final boolean stays;
  private final Path directory;
  private final Path kubeconfig;
  private final KubernetesClient client;

  private K3sCluster(K3sContainer container, Path directory, boolean stays) {
    this.container = container;
    this.stays = stays;
    this.directory = directory.toAbsolutePath();
    this.kubeconfig =
        PrivateFile.write(
            this.directory.resolve("admin.kubeconfig"), container.getKubeConfigYaml());
    this.client = Kubeconfig.client(kubeconfig);
  }

  /**
   * Starts the container.
   *
   * @param directory for kubeconfigs
   * @throws RuntimeException of Testcontainers when the engine or the image is not to be had
   */
  public static K3sCluster start(Path directory) {
    return start(new K3sContainer(DockerImageName.parse(IMAGE)), directory, false);
  }

  /**
   * Starts a container that outlives this JVM and is ended by {@link #remove}. Testcontainers keeps
   * it only where the environment has {@code TESTCONTAINERS_REUSE_ENABLE=true}.
   *
   * @param directory for kubeconfigs; another directory is another container
   */
  public static K3sCluster startToStay(Path directory) {
    K3sContainer container = new K3sContainer(DockerImageName.parse(IMAGE));
    container.withLabel("io.highlyavailable.directory", directory.toAbsolutePath().toString());
    container.withReuse(true);
    return start(container, directory, true);
  }

  private static K3sCluster start(K3sContainer container, Path directory, boolean stays) {
    container.start();
    try {
      return new K3sCluster(container, directory, stays);
    } catch (RuntimeException e) {
      container.stop();
      throw e;
    }
  }

  /**
   * Whether a Docker engine answers and has the image or can pull it. May take as long as the pull.
   */
  public static boolean isPossible() {
    try {
      if (!hasDockerSocket() || !DockerClientFactory.instance().isDockerAvailable()) {
        return false;
      }
      return !new RemoteDockerImage(DockerImageName.parse(IMAGE)).get().isEmpty();
    } catch (RuntimeException notToBeHad) {
      return false;
    }
  }

  /** Spares machines without Docker the seconds and the log lines of Testcontainers' search. */
  private static boolean hasDockerSocket() {
    return System.getenv("DOCKER_HOST") != null
        || Files.exists(Path.of(System.getProperty("user.home"), ".testcontainers.properties"))
        || Files.exists(Path.of("/var/run/docker.sock"))
        || Files.exists(Path.of(System.getProperty("user.home"), ".docker/run/docker.sock"));
  }

  /** Removes a container that stayed; nothing when it is gone. */
  public static void remove(String containerId) {
    try {
      DockerClientFactory.lazyClient().removeContainerCmd(containerId).withForce(true).exec();
    } catch (NotFoundException gone) {
      // That is what was wanted.
    }
  }

  /** The container's id. */
  public String containerId() {
    return container.getContainerId();
  }

  @Override
  public Kind kind() {
    return Kind.K3S;
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
    if (!stays) {
      container.stop();
    }
  }
}
