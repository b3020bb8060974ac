package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.build.Jdk;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.operator.EmulatorEnvironment;
import io.highlyavailable.testbed.operator.OperatorSettings;
import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.Detached;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The stand-in for the AWS load balancer controller as a process that outlives the command. */
final class LoadBalancers {
  private static final String PROCESS = "load-balancer-controller";
  private static final String MAIN = "io.highlyavailable.testbed.alb.Main";

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
      Detached.start(
          paths.processes(),
          new Command(
              PROCESS,
              List.of(Jdk.java().toString(), "-Xmx128m", "-cp", classPath, MAIN),
              environment,
              paths.logs().resolve(PROCESS + ".log")));
      state.put(PROCESS, identity);
    }
    board.done(Platform.CONTROLLER, "ready", "stand-in for the AWS load balancer controller");
  }
}
