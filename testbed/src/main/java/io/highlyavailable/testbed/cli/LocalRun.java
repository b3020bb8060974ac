package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.operator.EmulatorEnvironment;
import io.highlyavailable.testbed.operator.OperatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * One call: brings up what does not run, all at the same time where nothing waits for another, then
 * applies and follows.
 */
final class LocalRun {
  private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LocalPaths paths;
  private final Board board;
  private final ClusterChoice choice;
  private final Duration limit;
  private final LocalState state;
  private final Platform platform;

  LocalRun(Checkout checkout, LocalPaths paths, Board board, ClusterChoice choice, Duration limit) {
    this.paths = paths;
    this.board = board;
    this.choice = choice;
    this.limit = limit;
    this.state = new LocalState(paths.state());
    this.platform = new Platform(checkout, paths, state, board);
  }

  /**
   * Runs it.
   *
   * @return the applied apps, all ready
   */
  List<AppView> run(Manifests manifests) {
    boolean known = new LocalCluster(state, paths).kind().isPresent();
    boolean reuse = canReuse();
    String remark = known && !reuse ? "anew: a part of the platform had ended" : "";
    List.of(
            Platform.BUILD,
            Platform.CLUSTER,
            Platform.AWS,
            Platform.KUBECTL,
            Platform.CONTROLLER,
            Platform.OPERATOR)
        .forEach(board::add);
    var build = start(Platform.BUILD, platform::buildOperator);
    var cluster = start(Platform.CLUSTER, () -> platform.cluster(reuse, remark, choice));
    var aws = start(Platform.AWS, () -> platform.aws(reuse));
    var kubectl = start(Platform.KUBECTL, done(platform::kubectl));
    var files = start(Platform.CLUSTER, done(() -> writeFiles(cluster.join(), aws.join())));
    var controller =
        start(
            Platform.CONTROLLER,
            done(() -> new LoadBalancers(paths, state, board).ensure(cluster.join(), aws.join())));
    var operator =
        start(
            Platform.OPERATOR,
            done(() -> platform.operator(build.join(), cluster.join(), aws.join())));
    firstFailureOrAll(build, cluster, aws, kubectl, files, controller, operator);
    var client = cluster.join().client();
    return new AppWatch(client, board, platform::operatorEnd, AppWatch.STALLED_FOR_GOOD)
        .untilReady(manifests.apply(client), limit);
  }

  /**
   * Half a platform is of no use: what the emulator held is gone with it, and the cluster's objects
   * speak of it.
   */
  private boolean canReuse() {
    LocalCluster cluster = new LocalCluster(state, paths);
    boolean up = cluster.isUp() && platform.endpoint().isPresent();
    if (up && !cluster.matches(choice)) {
      throw new LocalFailure(
          "The local platform runs on a cluster of another kind (%s): end it first with ./deploy.sh --local --down"
              .formatted(cluster.kind().orElse("")));
    }
    if (!up) {
      new Shutdown(paths, state).run();
    }
    return up;
  }

  private void writeFiles(Cluster cluster, Platform.Aws aws) {
    Map<String, String> variables =
        new TreeMap<>(EmulatorEnvironment.of(aws.endpoint(), OperatorSettings.REGION, "developer"));
    variables.put("KUBECONFIG", paths.kubeconfig().toString());
    try {
      // Copying keeps the mode, by which only the owner can read it.
      Files.copy(
          cluster.kubeconfig(),
          paths.kubeconfig(),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      Files.writeString(paths.env(), EnvFile.text(variables, paths.bin().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + paths.env(), e);
    }
  }

  private <T> CompletableFuture<T> start(String row, Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.get();
          } catch (CompletionException upstream) {
            // What it waited for has failed, and says so in its own row.
            throw upstream;
          } catch (RuntimeException e) {
            board.failed(row, "failed", firstLine(e));
            throw e;
          }
        },
        threads);
  }

  private static Supplier<Boolean> done(Runnable work) {
    return () -> {
      work.run();
      return true;
    };
  }

  private static void firstFailureOrAll(CompletableFuture<?>... parts) {
    CompletableFuture<Void> firstFailure = new CompletableFuture<>();
    for (CompletableFuture<?> part : parts) {
      part.exceptionally(
          e -> {
            firstFailure.completeExceptionally(e);
            return null;
          });
    }
    try {
      CompletableFuture.anyOf(firstFailure, CompletableFuture.allOf(parts)).join();
    } catch (CompletionException e) {
      Throwable cause = e;
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
