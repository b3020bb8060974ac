package io.highlyavailable.operator.image;

import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.container.DockerEngine;
import io.highlyavailable.testbed.container.OperatorImage;
import io.highlyavailable.testbed.operator.OperatorInstallation;
import io.highlyavailable.testbed.operator.OperatorSettings;
import io.highlyavailable.testbed.process.Port;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The operator in a container that is held as tightly as the chart's pod is, beside the local
 * platform.
 */
final class OperatorContainer implements AutoCloseable {
  /** In the one place where a mount leaves no trace in the container's own file system. */
  private static final String KUBECONFIG = "/tmp/kubeconfig";

  /** The chart's limit. */
  private static final String MEMORY = "512m";

  private final HttpClient http = HttpClient.newHttpClient();
  private final DockerEngine docker;
  private final Port port;
  private final String id;

  private OperatorContainer(DockerEngine docker, Port port, String id) {
    this.docker = docker;
    this.port = port;
    this.id = id;
  }

  /** What a pod of the chart is held by, as options of {@code docker run}. */
  static List<String> restrictions() {
    return List.of(
        "--read-only",
        "--tmpfs=/tmp:size=64m",
        "--cap-drop=ALL",
        "--security-opt=no-new-privileges",
        "--memory=" + MEMORY,
        "--memory-swap=" + MEMORY,
        "--network=host");
  }

  /**
   * Starts it; returns before it is ready. Its port and its cluster's id are arguments, all else is
   * environment.
   *
   * @param options more options of {@code docker run}
   */
  static OperatorContainer start(
      DockerEngine docker, Testbed testbed, String clusterId, String... options)
      throws IOException {
    OperatorSettings settings =
        OperatorSettings.local(testbed.aws().endpoint()).with("HAAPP_CLUSTER_ID", "");
    new OperatorInstallation(testbed.cluster().client(), Checkout.find()).apply(settings);
    Port port = Port.reserve();
    List<String> line = new ArrayList<>(List.of("run", "--detach"));
    line.addAll(restrictions());
    line.add("--volume=" + kubeconfig(testbed, settings) + ":" + KUBECONFIG + ":ro");
    line.add("--env=KUBECONFIG=" + KUBECONFIG);
    line.add("--env=HAAPP_LEADER_NAMESPACE=" + settings.namespace());
    settings
        .environment()
        .forEach((name, value) -> line.addAll(List.of("--env", name + "=" + value)));
    line.addAll(Arrays.asList(options));
    line.add(OperatorImage.REFERENCE);
    line.addAll(List.of("--cluster-id=" + clusterId, "--http-port=" + port.number()));
    String id = docker.docker(line.toArray(String[]::new));
    return new OperatorContainer(docker, port, id);
  }

  /** Readable for the container's user, as a projected token is. */
  private static Path kubeconfig(Testbed testbed, OperatorSettings settings) throws IOException {
    Path privateOne =
        testbed.cluster().kubeconfigFor(settings.namespace(), settings.serviceAccount());
    Path readable = Files.createTempFile(testbed.data(), "container-", ".kubeconfig");
    Files.writeString(readable, Files.readString(privateOne));
    return Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rw-r--r--"));
  }

  /** The status of a GET, or 0 when nothing answers. */
  int get(String path) {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port.number(), path));
    try {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What {@code docker inspect} has at a place of a template. */
  String inspect(String place) {
    return docker.docker("inspect", "--format", "{{" + place + "}}", id);
  }

  /** Whether it runs; when it does not, a probe need not be tried again. */
  boolean isRunning() {
    return Boolean.parseBoolean(inspect(".State.Running"));
  }

  String log() {
    return docker.tryDocker("logs", id).all();
  }

  /** Files that are not as the image has them. */
  List<String> changedFiles() {
    return docker.docker("diff", id).lines().toList();
  }

  /**
   * Asks it to end, as Kubernetes does, and kills it after the chart's grace.
   *
   * @return its exit code
   */
  int stop() {
    docker.docker("stop", "--time=30", id);
    return Integer.parseInt(inspect(".State.ExitCode"));
  }

  @Override
  public void close() {
    docker.docker("rm", "--force", id);
    port.close();
    http.close();
  }
}
