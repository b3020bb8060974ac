package io.highlyavailable.testbed.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/** Which cluster is wanted: one setting for tests and demo alike. */
public sealed interface ClusterChoice {

  /** The system property: {@code auto}, {@code native}, {@code k3s} or the path of a kubeconfig. */
  String PROPERTY = "testbed.cluster";

  /** The environment variable that counts where the property is not set. */
  String VARIABLE = "TESTBED_CLUSTER";

  /** k3s where a Docker engine answers and has or can pull the image, else native. The default. */
  record Auto() implements ClusterChoice {}

  /** The real control plane as processes. */
  record Native() implements ClusterChoice {}

  /** k3s in a container. */
  record K3s() implements ClusterChoice {}

  /**
   * A cluster that is there already.
   *
   * @param kubeconfig file whose current context names it
   */
  record Existing(Path kubeconfig) implements ClusterChoice {}

  /**
   * Reads the setting's text.
   *
   * @throws IllegalArgumentException when it is neither a known word nor a readable file
   */
  static ClusterChoice parse(String text) {
    return switch (text.strip()) {
      case "", "auto" -> new Auto();
      case "native" -> new Native();
      case "k3s" -> new K3s();
      default -> existing(text.strip());
    };
  }

  /** The choice that this JVM's property or environment makes. */
  static ClusterChoice configured() {
    return parse(System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, "")));
  }

  private static ClusterChoice existing(String text) {
    Path kubeconfig = Path.of(text).toAbsolutePath();
    if (!Files.isReadable(kubeconfig)) {
      throw new IllegalArgumentException(
          "%s (or %s) is \"%s\": write auto, native, k3s, or the path of a kubeconfig that can be read"
              .formatted(PROPERTY, VARIABLE, text));
    }
    return new Existing(kubeconfig);
  }
}
