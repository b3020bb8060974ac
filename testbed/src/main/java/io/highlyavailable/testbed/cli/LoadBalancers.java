package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.alb.Main;
import io.highlyavailable.testbed.build.Jdk;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.operator.EmulatorEnvironment;
import io.highlyavailable.testbed.operator.OperatorSettings;
import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.Detached;
import io.highlyavailable.testbed.process.LogFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** The stand-in for the AWS load balancer controller as a process that outlives the command. */
final class LoadBalancers {
  private static final String PROCESS = "load-balancer-controller";
  private static final String MAIN = Main.class.getName();

  /** How the program's last line begins once it watches. */
  private static final String SERVING = "serving Ingresses";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final LocalPaths paths;
  private final LocalState state;
  private final Board board;

  LoadBalancers(LocalPaths paths, LocalState state, Board board) {
    this.paths = paths;
    this.state = state;
    this.board = board;
  }

  /** Starts it, unless it runs with the same programs against the same emulator. */
  void ensure(Cluster cluster, Platform.Aws aws) {
    String classPath = System.getProperty("java.class.path");
    String identity = aws.endpoint() + " " + classPath;
    Optional<Detached> running =
        Detached.find(paths.processes(), PROCESS).filter(Detached::isAlive);
    if (running.isEmpty() || state.get(PROCESS).filter(identity::equals).isEmpty()) {
      board.working(Platform.CONTROLLER, "starting", "");
      running.ifPresent(old -> old.stop(Duration.ofSeconds(5)));
      Map<String, String> environment =
          new TreeMap<>(EmulatorEnvironment.of(aws.endpoint(), OperatorSettings.REGION, PROCESS));
      environment.put("KUBECONFIG", cluster.kubeconfig().toString());
      awaitServing(start(classPath, environment, aws.network().vpcId()));
      state.put(PROCESS, identity);
    }
    board.done(Platform.CONTROLLER, "ready", "stand-in for the AWS load balancer controller");
  }

  private Detached start(String classPath, Map<String, String> environment, String vpcId) {
    Path log = paths.logs().resolve(PROCESS + ".log");
    try {
      // What an earlier process said must not be taken for the new one's word.
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + log, e);
    }
    List<String> line =
        List.of(
            Jdk.java().toString(),
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            classPath,
            MAIN,
            "--vpc-id",
            vpcId);
    return Detached.start(paths.processes(), new Command(PROCESS, line, environment, log));
  }

  private static void awaitServing(Detached process) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!LogFile.tail(process.log()).contains(SERVING)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new LocalFailure(
            "The load balancer controller does not serve:\n" + LogFile.tail(process.log()));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
