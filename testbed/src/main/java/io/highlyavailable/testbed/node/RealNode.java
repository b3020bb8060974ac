package io.highlyavailable.testbed.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.cluster.ContainerNode;
import io.highlyavailable.testbed.cluster.NativeCluster;
import io.highlyavailable.testbed.cluster.NodeInvitation;
import io.highlyavailable.testbed.cluster.NodeNetwork;
import io.highlyavailable.testbed.process.LogFile;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real node of a native cluster: kubelet, kube-proxy, containerd, runc and CoreDNS in namespaces
 * of their own. Pods are containers with addresses, names, Services and probes. Nothing of this
 * machine is changed, two nodes side by side do not meet, and all of it ends with this JVM, in
 * whatever way that ends.
 *
 * <p>Sockets of the file system join the node's network with this machine's: pods reach what
 * listens on chosen ports of 127.0.0.1, and the API server reaches kubelet and pods; nothing else
 * goes in or out.
 */
public final class RealNode implements ContainerNode, AutoCloseable {

  /** Ten times what it took on two busy cores. */
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  /**
   * The kernel needs a moment to end what was in the namespaces; the cleaner gives up after a
   * minute.
   */
  private static final Duration CLEAN_LIMIT = Duration.ofSeconds(70);

  private static final AtomicInteger STARTED = new AtomicInteger();

  private final NodeCommands commands;
  private final Supervised relay;
  private final Supervised node;
  private final Process cleaner;

  private RealNode(NodeCommands commands) {
    this.commands = commands;
    this.relay = Supervised.start(commands.outerRelay());
    this.node = Supervised.start(commands.node());
    try {
      this.cleaner = start(commands.cleaner(node.pid()));
    } catch (RuntimeException e) {
      node.kill();
      relay.kill();
      throw e;
    }
  }

  /** What keeps this machine from running a real node, for people to read; empty if nothing. */
  public static Optional<String> obstacle() {
    return NodeObstacle.find();
  }

  /**
   * Builds what is not built yet, starts the node, and returns when it is ready.
   *
   * @param cluster one that was started for a node, and has none
   * @param directory absolute and not there yet, for the node's data
   * @param logs absolute, for one log file a program
   * @param servers URLs of servers on 127.0.0.1 that pods may reach
   * @throws IllegalStateException when a program ends or the node is not ready in two minutes; the
   *     message has the end of the log
   */
  public static RealNode start(
      NativeCluster cluster,
      Toolchain toolchain,
      DebianPackages packages,
      Path directory,
      Path logs,
      List<URI> servers) {
    NodePrograms programs = NodePrograms.get(toolchain, packages);
    NodeInvitation invitation = cluster.invitation();
    String cgroup =
        "highlyavailableapp-%d-%d"
            .formatted(ProcessHandle.current().pid(), STARTED.incrementAndGet());
    NodeFiles files = NodeFiles.write(directory, programs, invitation, cgroup);
    Set<Integer> ports = new TreeSet<>(Set.of(invitation.apiServerPort()));
    servers.forEach(server -> ports.add(server.getPort()));
    RealNode started =
        new RealNode(new NodeCommands(programs, files, invitation, ports, cgroup, logs));
    try {
      started.awaitReady(cluster.client());
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private void awaitReady(KubernetesClient client) {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!isReady(client)) {
      if (!isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "the node %s; logs in %s, the end of the kubelet's:%n%s"
                .formatted(
                    isAlive() ? "is not ready after " + START_LIMIT.toSeconds() + " s" : "ended",
                    commands.logs(),
                    LogFile.tail(commands.logs().resolve("node-kubelet.log"))));
      }
      pause();
    }
  }

  private static boolean isReady(KubernetesClient client) {
    try {
      Node node = client.nodes().withName(NodeNetwork.NODE).get();
      return node != null
          && node.getStatus().getConditions().stream()
              .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Whether all of its programs run. */
  public boolean isAlive() {
    return node.isAlive() && relay.isAlive();
  }

  @Override
  public String node() {
    return NodeNetwork.NODE;
  }

  @Override
  public void load(Path archive) {
    ctr("images", "import", archive.toAbsolutePath().toString());
  }

  @Override
  public String ctr(String... arguments) {
    List<String> line = commands.ctr(arguments);
    Process process = start(line);
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "`%s` failed: %s".formatted(String.join(" ", line), output));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while `%s` runs".formatted(line), e);
    }
  }

  @Override
  public URI forPods(URI local) {
    if (!commands.ports().contains(local.getPort())) {
      throw new IllegalArgumentException(
          local + " was not named when the node was started, and pods cannot reach it");
    }
    return URI.create(
        "%s://%s:%d%s"
            .formatted(
                local.getScheme(), NodeNetwork.ADDRESS, local.getPort(), local.getRawPath()));
  }

  /** The programs of the node and of its pods, as this machine sees them. */
  public List<ProcessHandle> processes() {
    return ProcessHandle.of(node.pid()).stream().flatMap(ProcessHandle::descendants).toList();
  }

  /** Ends it as a loss of power does, and returns when nothing is left of it. */
  @Override
  public void close() {
    List<ProcessHandle> programs = processes();
    node.kill();
    relay.kill();
    long end = System.nanoTime() + CLEAN_LIMIT.toNanos();
    // The kernel ends the namespaces' processes one by one, after the one that holds them.
    while (isLeft(programs) && System.nanoTime() < end) {
      pause();
    }
  }

  private boolean isLeft(List<ProcessHandle> programs) {
    return cleaner.isAlive() || programs.stream().anyMatch(ProcessHandle::isAlive);
  }

  private static Process start(List<String> line) {
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + line.getFirst() + ": " + e.getMessage(), e);
    }
  }
}
