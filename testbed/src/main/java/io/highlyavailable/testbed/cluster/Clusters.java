package io.highlyavailable.testbed.cluster;

import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.process.ProcessStarter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Starts the cluster that was chosen. */
public final class Clusters {
  private Clusters() {}

  /**
   * Starts or connects to a cluster.
   *
   * @param toolchain not asked for an existing cluster
   * @param directory for data and kubeconfigs
   * @param logs for the programs' logs
   * @param starter decides how long the programs live
   * @param servers asked for k3s only: URLs of servers of this machine that its pods may reach
   */
  public static Cluster start(
      ClusterChoice choice,
      Supplier<Toolchain> toolchain,
      Path directory,
      Path logs,
      ProcessStarter starter,
      Supplier<List<URI>> servers) {
    return switch (resolve(choice)) {
      case ClusterChoice.K3s k3s ->
          K3sCluster.start(toolchain.get(), directory, logs, starter, servers.get());
      case ClusterChoice.Existing(Path kubeconfig) -> new ExistingCluster(kubeconfig, directory);
      case ClusterChoice.Native natively ->
          NativeCluster.start(toolchain.get(), directory, logs, starter);
      case ClusterChoice.Auto auto -> throw new IllegalStateException("unresolved");
    };
  }

  /**
   * Like {@link #start}, but a container stays when this JVM ends, as the starter's processes do.
   *
   * @param starter starts processes that outlive this JVM
   */
  public static Cluster startToStay(
      ClusterChoice choice,
      Supplier<Toolchain> toolchain,
      Path directory,
      Path logs,
      ProcessStarter starter) {
    ClusterChoice resolved = resolve(choice);
    return resolved instanceof ClusterChoice.K3s
        ? K3sCluster.startToStay(toolchain.get(), directory, logs, starter)
        : start(resolved, toolchain, directory, logs, starter, List::of);
  }

  /** What {@code auto} means on this machine; other choices as they are. */
  public static ClusterChoice resolve(ClusterChoice choice) {
    if (!(choice instanceof ClusterChoice.Auto)) {
      return choice;
    }
    return K3sCluster.obstacle().isEmpty() ? new ClusterChoice.K3s() : new ClusterChoice.Native();
  }
}
