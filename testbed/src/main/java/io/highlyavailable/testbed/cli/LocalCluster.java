package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.cluster.ExistingCluster;
import io.highlyavailable.testbed.cluster.K3sCluster;
import io.highlyavailable.testbed.cluster.NativeCluster;
import io.highlyavailable.testbed.process.Detached;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Remembers the cluster of one call for the next. */
final class LocalCluster {
  private static final String KIND = "cluster.kind";
  private static final String KUBECONFIG = "cluster.kubeconfig";
  private static final String CONTAINER = "cluster.container";

  private final LocalState state;
  private final LocalPaths paths;

  LocalCluster(LocalState state, LocalPaths paths) {
    this.state = state;
    this.paths = paths;
  }

  /** Writes down which cluster it is. A cluster that was connected to is remembered already. */
  void remember(Cluster cluster) {
    if (state.get(KIND).isEmpty()) {
      state.put(KUBECONFIG, cluster.kubeconfig().toString());
      if (cluster instanceof K3sCluster k3s) {
        state.put(CONTAINER, k3s.containerId());
      }
      state.put(KIND, cluster.kind().name().toLowerCase(Locale.ROOT));
    }
  }

  /** What the cluster of an earlier call was made of, when there is one. */
  Optional<String> kind() {
    return state.get(KIND);
  }

  /** Whether the choice asks for the cluster that is remembered. */
  boolean matches(ClusterChoice choice) {
    String kind = kind().orElse("");
    return switch (choice) {
      case ClusterChoice.Auto auto -> true;
      case ClusterChoice.Native natively -> kind.equals("native");
      case ClusterChoice.K3s k3s -> kind.equals("k3s");
      case ClusterChoice.Existing(Path kubeconfig) ->
          kind.equals("existing")
              && state.get(KUBECONFIG).filter(kubeconfig.toString()::equals).isPresent();
    };
  }

  /** Whether it still serves. */
  boolean isUp() {
    if (kind().isEmpty() || state.get(KUBECONFIG).isEmpty()) {
      return false;
    }
    if (kind().get().equals("native") && !nativeProgramsRun()) {
      return false;
    }
    try (Cluster cluster = connect()) {
      return cluster.client().raw("/readyz").equals("ok");
    } catch (RuntimeException down) {
      return false;
    }
  }

  private boolean nativeProgramsRun() {
    return NativeCluster.PROGRAMS.stream()
        .allMatch(
            name -> Detached.find(paths.processes(), name).filter(Detached::isAlive).isPresent());
  }

  /** A connection that leaves the cluster running when it is closed. */
  Cluster connect() {
    return new ExistingCluster(Path.of(state.get(KUBECONFIG).orElseThrow()), paths.cluster());
  }

  /** Removes the container, when it is one. Processes are ended by their records. */
  void removeContainer() {
    state.get(CONTAINER).ifPresent(K3sCluster::remove);
  }
}
