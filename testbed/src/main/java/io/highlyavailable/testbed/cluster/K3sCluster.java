package io.highlyavailable.testbed.cluster;

import com.github.dockerjava.api.exception.NotFoundException;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.process.ProcessStarter;
import io.highlyavailable.testbed.process.RunningProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.Testcontainers;

/**
 * k3s in a container of its own: its node runs containers, for pods that ask for it, and the same
 * six fake nodes as in a native cluster have all others.
 */
public final class K3sCluster implements Cluster, ContainerNode {

  /** The Kubernetes minor version that the native cluster has, too. */
  public static final String IMAGE = "rancher/k3s:v1.34.2-k3s1";

  /** Images of k3s's own pods may have to be pulled. */
  private static final Duration START_LIMIT = Duration.ofSeconds(300);

  private static final Duration STOP_GRACE = Duration.ofSeconds(3);

  private final K3sServer server;
  private final Path directory;
  private final Path kubeconfig;
  private final KubernetesClient client;
  private final RunningProcess kwok;
  private final boolean stays;

  private K3sCluster(
      K3sServer server, Path directory, Path kubeconfig, RunningProcess kwok, boolean stays) {
    this.server = server;
    this.directory = directory;
    this.kubeconfig = kubeconfig;
    this.client = Kubeconfig.client(kubeconfig);
    this.kwok = kwok;
    this.stays = stays;
  }

  /**
   * Starts the container and the fake nodes, and returns when all nodes are ready and names can be
   * looked up.
   *
   * @param toolchain where KWOK comes from
   * @param directory for kubeconfigs and the audit log
   * @param logs for KWOK's log
   * @param starter decides how long KWOK lives
   * @param servers URLs of servers on this machine's 127.0.0.1 that pods may reach
   * @throws RuntimeException of Testcontainers when the engine or the image is not to be had
   */
  public static K3sCluster start(
      Toolchain toolchain, Path directory, Path logs, ProcessStarter starter, List<URI> servers) {
    // Before the container starts: it then knows the host's address.
    servers.forEach(one -> Testcontainers.exposeHostPorts(one.getPort()));
    K3sServer server = K3sServer.of(IMAGE, directory.toAbsolutePath().resolve("audit.log"));
    return start(server, toolchain, directory, logs, starter, false);
  }

  /**
   * Starts a container that outlives this JVM and is ended by {@link #remove}. Testcontainers keeps
   * it only where the environment has {@code TESTCONTAINERS_REUSE_ENABLE=true}. Its pods reach
   * nothing of this machine, and its audit log is not kept.
   *
   * @param directory for kubeconfigs; another directory is another container
   * @param starter starts processes that outlive this JVM
   */
  public static K3sCluster startToStay(
      Toolchain toolchain, Path directory, Path logs, ProcessStarter starter) {
    K3sServer server = K3sServer.toStay(IMAGE, directory.toAbsolutePath());
    return start(server, toolchain, directory, logs, starter, true);
  }

  private static K3sCluster start(
      K3sServer server,
      Toolchain toolchain,
      Path directory,
      Path logs,
      ProcessStarter starter,
      boolean stays) {
    server.start();
    try {
      Path own = directory.toAbsolutePath();
      Path kubeconfig = PrivateFile.write(own.resolve("admin.kubeconfig"), server.kubeconfig());
      Path config = PrivateFile.write(own.resolve("kwok.yaml"), NativeFiles.resource("kwok.yaml"));
      RunningProcess kwok =
          starter.start(
              FakeNodes.kwok(toolchain.tools(), kubeconfig, config, logs.toAbsolutePath()));
      return new K3sCluster(server, own, kubeconfig, kwok, stays).withFakeNodes();
    } catch (RuntimeException e) {
      server.stop();
      throw e;
    }
  }

  private K3sCluster withFakeNodes() {
    try {
      addFakeNodes();
      return this;
    } catch (RuntimeException e) {
      client.close();
      kwok.stop(STOP_GRACE);
      throw e;
    }
  }

  /** In this order: what k3s itself needs runs on its node before that is closed to others. */
  private void addFakeNodes() {
    Await await = new Await(START_LIMIT, List.of(kwok));
    await.until("k3s's name service", NativeCluster.answers(this::namesAreServed));
    client.nodes().list().getItems().stream()
        .filter(node -> !FakeNodes.isFake(node))
        .forEach(node -> client.nodes().withName(node.getMetadata().getName()).edit(this::mark));
    FakeNodes.create(client);
    await.until("six ready nodes", NativeCluster.answers(() -> FakeNodes.areReady(client)));
  }

  private boolean namesAreServed() {
    var names = client.apps().deployments().inNamespace("kube-system").withName("coredns").get();
    return names != null
        && names.getStatus().getReadyReplicas() != null
        && names.getStatus().getReadyReplicas() > 0;
  }

  private Node mark(Node node) {
    node.getMetadata().getLabels().put(MARK, "true");
    boolean isTainted = node.getSpec().getTaints().stream().anyMatch(t -> t.getKey().equals(MARK));
    if (!isTainted) {
      node.getSpec().getTaints().add(new Taint("NoSchedule", MARK, null, "true"));
    }
    return node;
  }

  /**
   * What keeps this machine from running k3s, for people to read; empty if nothing. May take as
   * long as pulling its image.
   */
  public static Optional<String> obstacle() {
    return K3sObstacle.find(IMAGE);
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
    return server.containerId();
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
    return server.audit();
  }

  @Override
  public String node() {
    return client
        .nodes()
        .withLabel(MARK, "true")
        .list()
        .getItems()
        .getFirst()
        .getMetadata()
        .getName();
  }

  @Override
  public void load(Path archive) {
    server.load(archive);
  }

  @Override
  public String ctr(String... arguments) {
    return server.ctr(arguments);
  }

  @Override
  public URI forPods(URI local) {
    return server.forPods(local);
  }

  @Override
  public void close() {
    client.close();
    if (!stays) {
      kwok.stop(STOP_GRACE);
      server.stop();
    }
  }
}
