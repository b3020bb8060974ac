package io.highlyavailable.testbed.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.cluster.NativeCommands.Ports;
import io.highlyavailable.testbed.cluster.NativeCommands.Programs;
import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.Port;
import io.highlyavailable.testbed.process.ProcessStarter;
import io.highlyavailable.testbed.process.RunningProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The real control plane (etcd, API server, controller manager, scheduler) as processes of this
 * machine, with RBAC, service accounts and TLS, and six fake nodes in three zones. Up in under ten
 * seconds once the programs are built.
 */
public final class NativeCluster implements Cluster {

  /** Several times what the slowest measured start took, with other work on the machine. */
  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  /** The names of the processes, in the order in which they start. */
  public static final List<String> PROGRAMS =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok");

  private static final Duration STOP_GRACE = Duration.ofSeconds(3);

  private final NativeCommands commands;
  private final NativeFiles files;
  private final List<RunningProcess> processes;
  private final KubernetesClient client;

  private NativeCluster(
      NativeCommands commands, List<RunningProcess> processes, KubernetesClient client) {
    this.commands = commands;
    this.files = commands.files();
    this.processes = List.copyOf(processes);
    this.client = client;
  }

  /**
   * Builds what is not built yet, starts the programs, and returns when nodes are ready and
   * namespaces get their service account.
   *
   * @param toolchain where the programs come from
   * @param directory absolute, for data, keys and kubeconfigs
   * @param logs for one log file a program
   * @param starter decides how long the programs live
   * @throws IllegalStateException when a program ends or is not ready in two minutes; the message
   *     names its log
   */
  public static NativeCluster start(
      Toolchain toolchain, Path directory, Path logs, ProcessStarter starter) {
    return start(toolchain, directory, logs, starter, false);
  }

  /**
   * Like {@link #start}, and ready for a real node to join. The API server then looks for every
   * kubelet and every aggregated API in that node's network: logs of fake pods and metrics-server
   * are not to be had.
   */
  public static NativeCluster startForNode(
      Toolchain toolchain, Path directory, Path logs, ProcessStarter starter) {
    return start(toolchain, directory, logs, starter, true);
  }

  private static NativeCluster start(
      Toolchain toolchain, Path directory, Path logs, ProcessStarter starter, boolean withNode) {
    Programs programs = new Programs(toolchain.controlPlane(), toolchain.tools());
    List<RunningProcess> started = new ArrayList<>();
    try (Port api = Port.reserve();
        Port etcd = Port.reserve();
        Port peer = Port.reserve();
        Port kubelet = Port.reserve()) {
      NativeFiles files = new NativeFiles(directory.toAbsolutePath(), withNode);
      Ports ports = new Ports(api.number(), etcd.number(), peer.number(), kubelet.number());
      NativeCommands commands =
          new NativeCommands(programs, files, ports, logs.toAbsolutePath(), withNode);
      return start(commands, starter, started);
    } catch (RuntimeException e) {
      endAll(started);
      throw e;
    }
  }

  private static NativeCluster start(
      NativeCommands commands, ProcessStarter starter, List<RunningProcess> started) {
    NativeFiles files = commands.files();
    Await await = new Await(START_LIMIT, started);
    started.add(starter.start(commands.etcd()));
    started.add(starter.start(commands.apiServer()));
    await.until("the API server's certificate", () -> isComplete(files.certificateAuthority()));
    files.writeKubeconfigs(commands.ports().apiServer());
    KubernetesClient client = Kubeconfig.client(files.kubeconfig("admin"));
    try {
      await.until("the API server", answers(() -> client.raw("/readyz").equals("ok")));
      for (Command command : commands.afterApiServer()) {
        started.add(starter.start(command));
      }
      FakeNodes.create(client);
      if (commands.withNode()) {
        NodeObjects.create(client, commands.ports().apiServer());
      }
      await.until("the default service account", answers(() -> defaultAccountExists(client)));
      await.until("six ready nodes", answers(() -> FakeNodes.areReady(client)));
      return new NativeCluster(commands, started, client);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** The authority follows the certificate in one write, but a reader may come in between. */
  private static boolean isComplete(Path certificate) {
    try {
      String text = java.nio.file.Files.readString(certificate);
      return text.split("-----END CERTIFICATE-----", -1).length == 3;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static boolean defaultAccountExists(KubernetesClient client) {
    return client.serviceAccounts().inNamespace("default").withName("default").get() != null;
  }

  /** Whether the question can be answered, and with yes. */
  static BooleanSupplier answers(BooleanSupplier question) {
    return () -> {
      try {
        return question.getAsBoolean();
      } catch (io.fabric8.kubernetes.client.KubernetesClientException notYet) {
        return false;
      }
    };
  }

  @Override
  public Kind kind() {
    return Kind.NATIVE;
  }

  @Override
  public Path kubeconfig() {
    return files.kubeconfig("admin");
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public Path kubeconfigFor(String namespace, String serviceAccount) {
    return Kubeconfig.ofServiceAccount(client, namespace, serviceAccount)
        .write(files.directory().resolve(namespace + "." + serviceAccount + ".kubeconfig"));
  }

  @Override
  public Optional<ApiServerAudit> audit() {
    return Optional.of(new ApiServerAudit(files.auditLog()));
  }

  /**
   * Starts metrics-server, over what the annotations {@link MetricsServer#CPU} and {@link
   * MetricsServer#MEMORY} of the pods say they use.
   *
   * @param program metrics-server
   * @param logs for its log file
   */
  public MetricsServer startMetricsServer(Path program, Path logs) {
    return MetricsServer.start(program, files, logs.toAbsolutePath(), client);
  }

  /**
   * What a real node joins with.
   *
   * @throws IllegalStateException when the cluster was not started for one
   */
  public NodeInvitation invitation() {
    if (!commands.withNode()) {
      throw new IllegalStateException("the cluster was not started for a real node");
    }
    return new NodeInvitation(
        files.kubeconfig(NativeFiles.KUBELET),
        files.kubeconfig(NativeFiles.KUBE_PROXY),
        files.kubeconfig(NativeFiles.DNS),
        files.kubeletClientCertificate(),
        files.tunnel(),
        commands.ports().apiServer());
  }

  /** The programs, in the order in which they were started. */
  public List<RunningProcess> processes() {
    return processes;
  }

  @Override
  public void close() {
    client.close();
    endAll(processes);
  }

  private static void endAll(List<RunningProcess> processes) {
    // Backwards: nothing then logs that what it depends on is gone. Without a grace for those whose
    // data nobody keeps.
    processes.reversed().forEach(process -> process.stop(STOP_GRACE));
  }
}
