package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.cluster.Clusters;
import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.network.NetworkSeed;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import io.highlyavailable.testbed.process.Detached;
import io.highlyavailable.testbed.process.LogFile;
import io.highlyavailable.testbed.process.ProcessStarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The parts of the local platform as processes that outlive the command. Each method brings one
 * part up, or finds it running, and shows on the board how far it is. What one part needs of
 * another it gets as an argument.
 */
final class Platform {
  static final String CLUSTER = "cluster";
  static final String AWS = "aws emulator";
  static final String CONTROLLER = "load balancers";
  static final String BUILD = "operator build";
  static final String OPERATOR = "operator";
  static final String KUBECTL = "kubectl";

  private static final String OPERATOR_PROCESS = "operator";
  private static final String AWS_PROCESS = "aws-emulator";

  /** A JVM on a machine that builds other things at the same time. */
  private static final Duration OPERATOR_LIMIT = Duration.ofSeconds(120);

  private final Checkout checkout;
  private final LocalPaths paths;
  private final LocalState state;
  private final Board board;
  private final ProcessStarter starter;

  Platform(Checkout checkout, LocalPaths paths, LocalState state, Board board) {
    this.checkout = checkout;
    this.paths = paths;
    this.state = state;
    this.board = board;
    this.starter = command -> Detached.start(paths.processes(), command);
  }

  /** The emulator and the network in it. */
  record Aws(URI endpoint, Network network) {}

  /** Builds the operator when a source is newer, and copies it. */
  OperatorCopy buildOperator() {
    OperatorBuild build = new OperatorBuild(checkout, paths.logs().resolve("maven.log"));
    if (!build.isUpToDate()) {
      board.working(BUILD, "building", "Maven, about a minute the first time");
      build.run();
    }
    OperatorCopy copy = OperatorCopy.of(build.jar(), paths.operator());
    board.done(BUILD, "ready", "operator/target/operator.jar");
    return copy;
  }

  /** Starts the cluster, or connects to the one that runs. */
  Cluster cluster(boolean reuse, String remark, ClusterChoice choice) {
    board.working(CLUSTER, "starting", remark);
    LocalCluster known = new LocalCluster(state, paths);
    Cluster cluster =
        reuse
            ? known.connect()
            : Clusters.startToStay(
                choice, () -> toolchain(CLUSTER), paths.cluster(), paths.logs(), starter);
    known.remember(cluster);
    String server = cluster.client().getMasterUrl().toString().replaceAll("/$", "");
    board.done(CLUSTER, "ready", known.kind().orElse("") + " at " + server);
    return cluster;
  }

  /** Starts the AWS emulator, or finds it running, and makes the network in it. */
  Aws aws(boolean reuse) {
    board.working(AWS, "starting", "");
    URI endpoint = reuse ? endpoint().orElseThrow() : startAws();
    state.put("aws.endpoint", endpoint.toString());
    Network network = NetworkSeed.ensure(endpoint, OperatorSettings.REGION, "local");
    board.done(AWS, "ready", endpoint.toString());
    return new Aws(endpoint, network);
  }

  private URI startAws() {
    return AwsEmulator.start(
            starter,
            toolchain(AWS).python(),
            checkout.file("testbed/platform/aws"),
            paths.logs().resolve(AWS_PROCESS + ".log"))
        .endpoint();
  }

  /** Where the emulator of an earlier call serves, when it still does. */
  Optional<URI> endpoint() {
    return Detached.find(paths.processes(), AWS_PROCESS)
        .filter(Detached::isAlive)
        .flatMap(process -> state.get("aws.endpoint"))
        .map(URI::create);
  }

  /**
   * Starts the operator; one that runs already goes on unless its jar or what it talks to has
   * changed.
   */
  void operator(OperatorCopy copy, Cluster cluster, Aws aws) {
    Optional<Detached> running =
        Detached.find(paths.processes(), OPERATOR_PROCESS).filter(Detached::isAlive);
    String identity = copy.fingerprint() + " " + aws.endpoint();
    if (running.isPresent() && state.get("operator").filter(identity::equals).isPresent()) {
      board.done(OPERATOR, "ready", "runs already");
      return;
    }
    board.working(OPERATOR, "starting", running.isPresent() ? "again: it was built anew" : "");
    running.ifPresent(old -> old.stop(Duration.ofSeconds(30)));
    OperatorSettings settings =
        OperatorSettings.local(aws.endpoint())
            .inNetwork(
                aws.network().vpcId(), java.util.List.of(aws.network().clusterSecurityGroupId()));
    OperatorProcess operator =
        OperatorProcess.create(cluster, settings, paths.logs(), starter, copy.jar());
    operator.start();
    operator.awaitReady(OPERATOR_LIMIT);
    state.put("operator", identity);
    board.done(OPERATOR, "ready", operator.http().resolve("/metrics").toString());
  }

  /** The last lines of the operator's log when its process has ended; empty while it runs. */
  Optional<String> operatorEnd() {
    boolean alive =
        Detached.find(paths.processes(), OPERATOR_PROCESS).filter(Detached::isAlive).isPresent();
    return alive
        ? Optional.empty()
        : Optional.of(LogFile.tail(paths.logs().resolve(OPERATOR_PROCESS + ".log")));
  }

  /** A kubectl of the machine, or one built and linked into {@code .local/bin}. */
  void kubectl() {
    Toolchain toolchain = toolchain(KUBECTL);
    Path program = toolchain.kubectl();
    if (toolchain.hasBuilt(program)) {
      link(paths.bin().resolve("kubectl"), program);
    }
    board.done(KUBECTL, "ready", program.toString());
  }

  private static void link(Path link, Path target) {
    try {
      Files.createDirectories(link.getParent());
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, target);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot link " + link, e);
    }
  }

  private Toolchain toolchain(String row) {
    return Toolchain.ofUser((name, message) -> board.working(row, "building", message));
  }
}
