package io.highlyavailable.testbed.cluster;

import java.net.URI;
import java.nio.file.Path;

/**
 * A node whose pods are containers, among fake ones that keep the apps' pods. It is tainted: only
 * pods that tolerate {@link #MARK} run on it, and they select it by the label of that name.
 */
public interface ContainerNode {

  /** The key of the node's label and taint, whose value is {@code true}. */
  String MARK = "testbed.highlyavailable.io/containers";

  /** The node's name. */
  String node();

  /**
   * Puts images into the node, under the names that the archive gives them.
   *
   * @param archive as {@code docker save} writes one, or an OCI layout, as a tar file
   * @throws IllegalStateException when the container runtime refuses it; the message says why
   */
  void load(Path archive);

  /**
   * Gives an image that is there one more name.
   *
   * @param image its full name, with registry and tag
   * @param other another such name
   */
  default void tag(String image, String other) {
    ctr("images", "tag", "--force", image, other);
  }

  /**
   * Ends a container at once (SIGKILL), as the kernel does for want of memory.
   *
   * @param pod its name
   * @throws IllegalStateException when there is no such container, or it does not run
   */
  default void kill(String pod, String container) {
    String found =
        ctr(
            "containers",
            "list",
            "--quiet",
            "labels.\"io.kubernetes.pod.name\"==%s,labels.\"io.kubernetes.container.name\"==%s"
                .formatted(pod, container));
    String id =
        found
            .lines()
            .reduce((former, latter) -> latter)
            .orElseThrow(() -> new IllegalStateException(pod + " has no container " + container));
    ctr("tasks", "kill", "--signal", "SIGKILL", id);
  }

  /**
   * Asks containerd of the node, in the namespace of Kubernetes.
   *
   * @param arguments of its client {@code ctr}
   * @return what it prints
   * @throws IllegalStateException when it fails; the message has what it printed
   */
  String ctr(String... arguments);

  /**
   * The URL by which pods reach a server of this machine that listens on 127.0.0.1.
   *
   * @param local its URL on this machine
   */
  URI forPods(URI local);
}
