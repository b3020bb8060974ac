package io.highlyavailable.testbed.node;

import io.highlyavailable.testbed.cluster.ContainerNode;
import io.highlyavailable.testbed.cluster.NodeInvitation;
import io.highlyavailable.testbed.cluster.NodeNetwork;
import io.highlyavailable.testbed.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command lines of a real node.
 *
 * @param ports of this machine's 127.0.0.1 that the node's pods reach
 * @param cgroup name of its control groups, unique on this machine
 * @param logs directory of its logs
 */
record NodeCommands(
    NodePrograms programs,
    NodeFiles files,
    NodeInvitation invitation,
    Set<Integer> ports,
    String cgroup,
    Path logs) {

  /** From sockets of the file system to this machine's ports. */
  Command outerRelay() {
    List<String> line = new ArrayList<>(List.of(programs.services().resolve("relay").toString()));
    ports.forEach(port -> line.add("unix,%s=tcp,127.0.0.1:%d".formatted(files.port(port), port)));
    return Command.of("node-outer-relay", logs.resolve("node-outer-relay.log"), line);
  }

  /**
   * The node in its namespaces: when {@code unshare} ends, the kernel ends process 1 of the node,
   * and with that all others.
   */
  Command node() {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("PATH", programs.path()),
            Map.entry("LD_LIBRARY_PATH", programs.libraries()),
            Map.entry("NODE_DIRECTORY", files.directory().toString()),
            Map.entry("NODE_LOGS", logs.toString()),
            Map.entry("NODE_ADDRESS", NodeNetwork.ADDRESS),
            Map.entry("NODE_DNS", NodeNetwork.DNS),
            Map.entry("NODE_CGROUP", cgroup),
            Map.entry("NODE_RELAYS", innerRelays()),
            Map.entry("NODE_SERVICES", programs.services().toString()),
            Map.entry("NODE_KUBELET", String.join(" ", kubelet())),
            Map.entry("NODE_PROXY", kubeProxy()));
    List<String> line =
        List.of(
            "unshare",
            "--mount",
            "--propagation=private",
            "--net",
            "--pid",
            "--ipc",
            "--uts",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "bash",
            "-c",
            NodeFiles.text("node.sh"),
            "node.sh");
    return new Command("node", line, environment, logs.resolve("node.log"));
  }

  /** From the node's address to sockets of the file system, and from the API server's tunnel. */
  private String innerRelays() {
    return Stream.concat(
            Stream.of("unix,%s=connect".formatted(invitation.tunnel())),
            ports.stream()
                .map(
                    port ->
                        "tcp,%s:%d=unix,%s".formatted(NodeNetwork.ADDRESS, port, files.port(port))))
        .collect(Collectors.joining(" "));
  }

  private List<String> kubelet() {
    return List.of(
        "--config=" + files.directory().resolve("kubelet.yaml"),
        "--kubeconfig=" + invitation.kubelet(),
        "--hostname-override=" + NodeNetwork.NODE,
        "--node-ip=" + NodeNetwork.ADDRESS,
        "--node-labels=" + ContainerNode.MARK + "=true",
        "--root-dir=" + files.directory().resolve("kubelet"),
        "--cert-dir=" + files.directory().resolve("kubelet-certificates"));
  }

  private String kubeProxy() {
    return "--config=%s --hostname-override=%s"
        .formatted(files.directory().resolve("kube-proxy.yaml"), NodeNetwork.NODE);
  }

  /**
   * Waits for the end of the node and removes its control groups; it outlives this JVM for that.
   *
   * @param pid of the process that runs {@link #node}
   */
  List<String> cleaner(long pid) {
    return List.of(
        "setsid", "bash", "-c", NodeFiles.text("clean.sh"), "clean.sh", Long.toString(pid), cgroup);
  }

  /** Asks the node's containerd, from outside of the node. */
  List<String> ctr(String... arguments) {
    return Stream.concat(
            Stream.of(
                programs.packages().resolve("usr/bin/ctr").toString(),
                "--address=" + files.containerd(),
                "--namespace=k8s.io"),
            Stream.of(arguments))
        .toList();
  }
}
