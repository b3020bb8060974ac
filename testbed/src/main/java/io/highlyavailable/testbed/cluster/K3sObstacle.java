package io.highlyavailable.testbed.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.DockerImageName;

/** What keeps a machine from running k3s in a container. */
final class K3sObstacle {

  /** For the program to print its version. */
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(60);

  /** Testcontainers tries for two minutes to pull what it cannot reach. */
  private static final Map<String, Optional<String>> KNOWN = new ConcurrentHashMap<>();

  private K3sObstacle() {}

  /**
   * The first one, for people to read; empty when there is none. May take as long as a pull, once
   * in a JVM.
   */
  static Optional<String> find(String image) {
    return KNOWN.computeIfAbsent(image, K3sObstacle::look);
  }

  private static Optional<String> look(String image) {
    try {
      if (!hasDockerSocket() || !DockerClientFactory.instance().isDockerAvailable()) {
        return Optional.of("no Docker engine answers");
      }
    } catch (RuntimeException e) {
      return Optional.of("no Docker engine answers: " + reason(e));
    }
    try {
      new RemoteDockerImage(DockerImageName.parse(image)).get();
    } catch (RuntimeException e) {
      return Optional.of(
          "the image %s is not here and cannot be pulled: %s".formatted(image, reason(e)));
    }
    return privileged(image);
  }

  /** By what is in the image anyway: the program prints its version. */
  private static Optional<String> privileged(String image) {
    try (GenericContainer<?> trial = new GenericContainer<>(DockerImageName.parse(image))) {
      trial
          .withPrivilegedMode(true)
          .withCommand("--version")
          .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(VERSION_LIMIT))
          .start();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of("the Docker engine runs no privileged containers: " + reason(e));
    }
  }

  /** Spares machines without Docker the seconds and the log lines of Testcontainers' search. */
  private static boolean hasDockerSocket() {
    Path home = Path.of(System.getProperty("user.home"));
    return System.getenv("DOCKER_HOST") != null
        || Files.exists(home.resolve(".testcontainers.properties"))
        || Files.exists(Path.of("/var/run/docker.sock"))
        || Files.exists(home.resolve(".docker/run/docker.sock"));
  }

  /** What Testcontainers wraps several times over. */
  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("").strip();
  }
}
