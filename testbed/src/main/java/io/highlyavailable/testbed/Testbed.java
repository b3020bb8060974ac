package io.highlyavailable.testbed;

import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.cluster.Clusters;
import io.highlyavailable.testbed.process.RunDirectory;
import io.highlyavailable.testbed.process.Supervised;
import java.nio.file.Path;

/**
 * The local platform of one JVM. Each part starts when it is first asked for and ends with {@link
 * #close}, or with the JVM in whatever way that ends.
 */
public final class Testbed implements AutoCloseable {
  private final RunDirectory run = RunDirectory.create();
  private final Lazy<Toolchain> toolchain;
  private final Lazy<Cluster> cluster;

  /** A platform with the cluster that {@link ClusterChoice#configured} says. */
  public Testbed() {
    this(ClusterChoice.configured(), Progress.toStandardError());
  }

  /** A platform with this cluster. */
  public Testbed(ClusterChoice choice, Progress progress) {
    toolchain = new Lazy<>(() -> Toolchain.ofUser(progress));
    cluster =
        new Lazy<>(
            () ->
                Clusters.start(
                    choice,
                    toolchain::get,
                    run.data().resolve("cluster"),
                    run.logs(),
                    Supervised::start));
  }

  /** The programs of the platform. */
  public Toolchain toolchain() {
    return toolchain.get();
  }

  /** The cluster, started when this is the first call. */
  public Cluster cluster() {
    return cluster.get();
  }

  /** For data of this run, removed at its end. */
  public Path data() {
    return run.data();
  }

  /** For logs of this run, which stay in {@code target/testbed}. */
  public Path logs() {
    return run.logs();
  }

  @Override
  public void close() {
    cluster.ifMade().ifPresent(Cluster::close);
    run.close();
  }
}
