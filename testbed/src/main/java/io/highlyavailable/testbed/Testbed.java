package io.highlyavailable.testbed;

import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.cluster.Clusters;
import io.highlyavailable.testbed.cluster.ContainerNode;
import io.highlyavailable.testbed.cluster.K3sCluster;
import io.highlyavailable.testbed.cluster.MetricsServer;
import io.highlyavailable.testbed.cluster.NativeCluster;
import io.highlyavailable.testbed.container.DockerEngine;
import io.highlyavailable.testbed.container.OperatorImage;
import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import io.highlyavailable.testbed.node.RealNode;
import io.highlyavailable.testbed.process.RunDirectory;
import io.highlyavailable.testbed.process.Supervised;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The local platform of one JVM. Each part starts when it is first asked for and ends with {@link
 * #close}, or with the JVM in whatever way that ends.
 */
public final class Testbed implements AutoCloseable {
  private final RunDirectory run = RunDirectory.create();
  private final Lazy<Toolchain> toolchain;
  private final DebianPackages packages;
  private final Lazy<Cluster> cluster;
  private final Lazy<RealNode> node = new Lazy<>(this::startNode);
  private final boolean withNode;
  private final Lazy<AwsEmulator> aws = new Lazy<>(this::startAws);
  private final Lazy<DockerEngine> docker;
  private final Lazy<OperatorImage> image;
  private volatile Lazy<Network> network = new Lazy<>(this::makeNetwork);

  /** A platform with the cluster that {@link ClusterChoice#configured} says. */
  public Testbed() {
    this(ClusterChoice.configured(), Progress.toStandardError());
  }

  /** A platform with this cluster. */
  public Testbed(ClusterChoice choice, Progress progress) {
    this(choice, progress, false);
  }

  /**
   * A platform with a native cluster and a real node in it, which needs Linux and root.
   *
   * @see RealNode#obstacle
   */
  public static Testbed withRealNode(Progress progress) {
    return new Testbed(new ClusterChoice.Native(), progress, true);
  }

  private Testbed(ClusterChoice choice, Progress progress, boolean withNode) {
    this.withNode = withNode;
    this.toolchain = new Lazy<>(() -> Toolchain.ofUser(progress));
    this.cluster = new Lazy<>(() -> startCluster(choice));
    this.packages = DebianPackages.ofUser(progress);
    this.docker =
        new Lazy<>(() -> DockerEngine.start(run.data().resolve("d"), run.logs(), progress));
    this.image =
        new Lazy<>(
            () ->
                new OperatorImage(
                    Checkout.find(), docker::get, run.data().resolve("image"), progress));
  }

  private Cluster startCluster(ClusterChoice choice) {
    Path directory = run.data().resolve("cluster");
    return withNode
        ? NativeCluster.startForNode(toolchain(), directory, run.logs(), Supervised::start)
        : Clusters.start(
            choice,
            toolchain::get,
            directory,
            run.logs(),
            Supervised::start,
            () -> List.of(aws().endpoint()));
  }

  private RealNode startNode() {
    return RealNode.start(
        (NativeCluster) cluster(),
        toolchain(),
        packages,
        run.data().resolve("node"),
        run.logs(),
        List.of(aws().endpoint()));
  }

  /** The programs of the platform. */
  public Toolchain toolchain() {
    return toolchain.get();
  }

  /** The cluster, started when this is the first call. */
  public Cluster cluster() {
    return cluster.get();
  }

  /**
   * The node whose pods are containers, started when this is the first call; empty where all nodes
   * are fake, or the cluster is not ours. Its pods reach the AWS emulator.
   */
  public Optional<ContainerNode> containers() {
    if (withNode) {
      return Optional.of(node.get());
    }
    return cluster() instanceof K3sCluster k3s ? Optional.of(k3s) : Optional.empty();
  }

  /** The AWS emulator, started when this is the first call. */
  public AwsEmulator aws() {
    return aws.get();
  }

  /**
   * The cluster's network in the emulator, made when this is the first call since the start or
   * {@link #emptyAws}.
   */
  public Network network() {
    return network.get();
  }

  /**
   * Deletes every resource in the emulator, and the cluster's network with them; {@link #network}
   * makes that anew. What many tests leave behind makes each listing of the next ones slower.
   */
  public void emptyAws() {
    aws().reset();
    network = new Lazy<>(this::makeNetwork);
  }

  /**
   * A container engine, started when this is the first call.
   *
   * @throws IllegalStateException when {@link DockerEngine#obstacle} names a reason why there is
   *     none
   */
  public DockerEngine docker() {
    return docker.get();
  }

  /** The operator's image, for which an engine is started only when it has to be built. */
  public OperatorImage image() {
    return image.get();
  }

  private AwsEmulator startAws() {
    return AwsEmulator.start(
        toolchain().python(),
        Checkout.find().file("testbed/platform/aws"),
        run.logs().resolve("aws-emulator.log"));
  }

  private Network makeNetwork() {
    return NetworkSeed.ensure(aws().endpoint(), AwsEmulator.REGION.id(), "testbed");
  }

  /**
   * Starts metrics-server in a native cluster, until it is closed; empty in any other, which has
   * its own or none.
   */
  public Optional<MetricsServer> startMetricsServer() {
    return cluster() instanceof NativeCluster local
        ? Optional.of(local.startMetricsServer(toolchain().metricsServer(), run.logs()))
        : Optional.empty();
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
    image.ifMade().ifPresent(OperatorImage::close);
    docker.ifMade().ifPresent(DockerEngine::close);
    node.ifMade().ifPresent(RealNode::close);
    aws.ifMade().ifPresent(AwsEmulator::close);
    cluster.ifMade().ifPresent(Cluster::close);
    run.close();
  }
}
