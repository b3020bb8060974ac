package io.highlyavailable.testbed.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * The container that k3s runs in.
 *
 * @see <a href="https://docs.k3s.io/cli/server">k3s server</a>
 * @see <a href="https://java.testcontainers.org/features/networking/">Testcontainers, exposing host
 *     ports to the container</a>
 */
final class K3sServer {
  private static final String AUDIT_POLICY = "/etc/testbed/audit-policy.yaml";

  /** How each entry of the audit log begins, which is one line of the container's output. */
  private static final String AUDIT_ENTRY =
      "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\"";

  private final K3sContainer container;
  private final Optional<Path> audit;

  private K3sServer(K3sContainer container, Optional<Path> audit) {
    this.container = container;
    this.audit = audit;
  }

  /** One that ends with this JVM, and writes its audit log into a file of this machine. */
  static K3sServer of(String image, Path audit) {
    K3sContainer container = container(image);
    container.withLogConsumer(frame -> keepAudit(frame, audit));
    return new K3sServer(container, Optional.of(audit));
  }

  /** One that outlives this JVM. */
  static K3sServer toStay(String image, Path directory) {
    K3sContainer container = container(image);
    container.withLabel("io.highlyavailable.directory", directory.toString());
    container.withReuse(true);
    return new K3sServer(container, Optional.empty());
  }

  /** Nothing on the node but what Kubernetes needs: a native cluster has no more either. */
  private static K3sContainer container(String image) {
    K3sContainer container = new K3sContainer(DockerImageName.parse(image));
    container.withCopyToContainer(
        Transferable.of(NativeFiles.resource("audit-policy.yaml")), AUDIT_POLICY);
    container.withCommand(
        "server",
        "--tls-san=" + container.getHost(),
        "--disable=traefik",
        "--disable=servicelb",
        "--disable=local-storage",
        "--disable=metrics-server",
        "--kube-apiserver-arg=audit-policy-file=" + AUDIT_POLICY,
        // Standard output, which leaves the container wherever the engine is.
        "--kube-apiserver-arg=audit-log-path=-");
    return container;
  }

  private static void keepAudit(OutputFrame frame, Path audit) {
    String line = frame.getUtf8String().strip();
    if (line.startsWith(AUDIT_ENTRY)) {
      try {
        Files.writeString(audit, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + audit, e);
      }
    }
  }

  void start() {
    audit.ifPresent(K3sServer::makeDirectory);
    container.start();
  }

  private static void makeDirectory(Path audit) {
    try {
      Files.createDirectories(audit.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory of " + audit, e);
    }
  }

  void stop() {
    container.stop();
  }

  String containerId() {
    return container.getContainerId();
  }

  String kubeconfig() {
    return container.getKubeConfigYaml();
  }

  Optional<ApiServerAudit> audit() {
    return audit.map(ApiServerAudit::new);
  }

  /** Imports an archive of images into k3s's containerd. */
  void load(Path archive) {
    String inside = "/tmp/" + archive.getFileName();
    container.copyFileToContainer(MountableFile.forHostPath(archive), inside);
    ctr("images", "import", inside);
    run("rm", inside);
  }

  /**
   * Where pods find a server of this machine. By its address, since the name that Testcontainers
   * gives it is known to the container alone, and not to its pods.
   */
  URI forPods(URI local) {
    String address =
        run("cat", "/etc/hosts")
            .lines()
            .map(line -> line.strip().split("\\s+"))
            .filter(
                words -> words[words.length - 1].equals(GenericContainer.INTERNAL_HOST_HOSTNAME))
            .map(words -> words[0])
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("k3s was started without servers for its pods"));
    return URI.create(
        "%s://%s:%d%s".formatted(local.getScheme(), address, local.getPort(), local.getRawPath()));
  }

  /** Asks k3s's containerd. */
  String ctr(String... arguments) {
    return run(
        Stream.concat(Stream.of("ctr", "--namespace", "k8s.io"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** Runs a program in the container, and returns what it prints. */
  private String run(String... line) {
    try {
      ExecResult result = container.execInContainer(line);
      if (result.getExitCode() != 0) {
        throw new IllegalStateException(
            "`%s` failed in k3s: %s%s"
                .formatted(String.join(" ", line), result.getStdout(), result.getStderr()));
      }
      return result.getStdout();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
