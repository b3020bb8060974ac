package io.highlyavailable.testbed.container;

import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.HostTool;
import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.LogFile;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Debian's Docker daemon, unpacked and not installed, with data, sockets and state of its own. It
 * and its containers run in a process and a mount namespace of their own, whose end the kernel
 * makes the end of every process and mount in it, whatever way this JVM ends.
 */
record PrivateDaemon(
    Path client, Path directory, Map<String, String> environment, Supervised process) {
  /** A second on an idle machine. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** iptables: the daemon asks for its version even when it is told to leave it alone. */
  private static final List<String> PACKAGES =
      List.of("docker.io", "containerd", "runc", "tini", "iptables");

  PrivateDaemon {
    environment = Map.copyOf(environment);
  }

  static PrivateDaemon start(DebianPackages packages, Path directory, Path logs) {
    Path root = packages.unpacked("docker", PACKAGES);
    Path configuration = directory.resolve("c");
    Path log = logs.resolve("dockerd.log");
    try {
      Files.createDirectories(configuration);
      Files.writeString(configuration.resolve("daemon.json"), "{}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Supervised process =
        Supervised.start(new Command("dockerd", line(root, directory), programs(root), log));
    Map<String, String> environment = new TreeMap<>(programs(root));
    environment.put("DOCKER_HOST", host(directory));
    // The user's may name credential helpers, contexts and plugins.
    environment.put("DOCKER_CONFIG", configuration.toString());
    environment.put("DOCKER_CONTEXT", "");
    environment.put("DOCKER_BUILDKIT", "1");
    PrivateDaemon daemon =
        new PrivateDaemon(root.resolve("usr/bin/docker"), directory, environment, process);
    daemon.awaitAnswer();
    return daemon;
  }

  private static String host(Path directory) {
    return "unix://" + directory.resolve("s");
  }

  private static Map<String, String> programs(Path root) {
    return Map.of(
        "PATH",
        "%s/usr/sbin:%s/usr/bin:%s".formatted(root, root, System.getenv("PATH")),
        "LD_LIBRARY_PATH",
        DebianPackages.libraries(root));
  }

  private static List<String> line(Path root, Path directory) {
    return List.of(
        "unshare",
        "--pid",
        "--fork",
        "--kill-child=SIGKILL",
        "--mount",
        "--mount-proc",
        root.resolve("usr/bin/tini").toString(),
        "--",
        root.resolve("usr/sbin/dockerd").toString(),
        "--config-file=" + directory.resolve("c/daemon.json"),
        "--data-root=" + directory.resolve("d"),
        "--exec-root=" + directory.resolve("x"),
        "--pidfile=" + directory.resolve("p"),
        "--host=" + host(directory),
        // The machine's network is used as it is, and nothing of it is changed.
        "--bridge=none",
        "--iptables=false",
        "--ip6tables=false",
        "--ip-forward=false");
  }

  private void awaitAnswer() {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String tail = LogFile.tail(process.log());
        process.kill();
        throw new IllegalStateException("dockerd does not answer:\n" + tail);
      }
      pause();
    }
  }

  private boolean answers() {
    return !HostTool.output(
            List.of(
                client.toString(),
                "--host",
                host(directory),
                "version",
                "--format",
                "{{.Server.Version}}"))
        .isEmpty();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
