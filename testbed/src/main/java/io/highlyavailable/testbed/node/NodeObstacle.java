package io.highlyavailable.testbed.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What keeps a machine from running a real node. */
final class NodeObstacle {
  private static final List<String> UNSHARE =
      List.of("unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc");

  private NodeObstacle() {}

  /** The first one, for people to read; empty when there is none. */
  static Optional<String> find() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("a kubelet needs Linux");
    }
    if (!works(List.of("test", "-w", "/proc/sys/kernel/hostname")) || !isRoot()) {
      return Optional.of("a kubelet needs root");
    }
    if (!works(List.of("apt-get", "--version"))) {
      return Optional.of(
          "containerd and runc are taken from Debian or Ubuntu, and there is no apt");
    }
    if (!worksInside("mount -t tmpfs none /run && ip link add node type bridge")) {
      return Optional.of("this root may not make mounts and networks of its own");
    }
    return cgroups();
  }

  private static boolean isRoot() {
    return works(List.of("sh", "-c", "test \"$(id -u)\" = 0"));
  }

  private static Optional<String> cgroups() {
    Path root = Path.of("/sys/fs/cgroup");
    return Files.isWritable(root.resolve("cgroup.subtree_control"))
            || Files.isWritable(root.resolve("memory/cgroup.procs"))
        ? Optional.empty()
        : Optional.of("this root may not make control groups");
  }

  private static boolean worksInside(String script) {
    List<String> line = new java.util.ArrayList<>(UNSHARE);
    line.addAll(List.of("sh", "-c", script));
    return works(line);
  }

  private static boolean works(List<String> line) {
    try {
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (OutputStream nothing = process.getOutputStream()) {
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
