package io.highlyavailable.testbed.node;

import io.highlyavailable.testbed.cluster.ContainerNode;
import io.highlyavailable.testbed.cluster.NodeInvitation;
import io.highlyavailable.testbed.cluster.NodeNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The configuration of a real node's programs.
 *
 * @param directory of the node, where they are written
 */
record NodeFiles(Path directory) {

  /** Writes all of it. */
  static NodeFiles write(
      Path directory, NodePrograms programs, NodeInvitation invitation, String cgroup) {
    NodeFiles files = new NodeFiles(directory);
    files.write("containerd.toml", Map.of("packages", programs.packages().toString()));
    files.write("pods.conflist", "cni/pods.conflist", Map.of("pods", NodeNetwork.PODS));
    files.write(
        "kubelet.yaml",
        Map.of(
            "address", NodeNetwork.ADDRESS,
            "dns", NodeNetwork.DNS,
            "apiServer", invitation.apiServer().toString(),
            "cgroup", cgroup,
            "taint", ContainerNode.MARK));
    files.write("kube-proxy.yaml", Map.of("kubeconfig", invitation.kubeProxy().toString()));
    files.write(
        "Corefile", Map.of("dns", NodeNetwork.DNS, "kubeconfig", invitation.dns().toString()));
    // Names that the cluster does not have, nobody has.
    files.put("resolv.conf", "");
    return files;
  }

  /** The script that is process 1 of the node. */
  Path script() {
    return directory.resolve("node.sh");
  }

  /** The socket of containerd. */
  Path containerd() {
    return directory.resolve("containerd.sock");
  }

  /** The socket through which pods reach a port of this machine. */
  Path port(int number) {
    return directory.resolve("port-" + number + ".sock");
  }

  private void write(String resource, Map<String, String> values) {
    write(resource, resource, values);
  }

  private void write(String resource, String name, Map<String, String> values) {
    String text = text(resource).replace("${directory}", directory.toString());
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    put(name, text);
  }

  private void put(String name, String text) {
    Path file = directory.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The text of a resource beside this class. */
  static String text(String resource) {
    try (InputStream in = NodeFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
