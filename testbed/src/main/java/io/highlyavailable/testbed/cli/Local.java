package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.build.BuildFailedException;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.HostTool;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.cluster.Clusters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command behind {@code deploy.sh --local}: brings the local platform up, applies manifests,
 * and follows them.
 */
@Command(
    name = "./deploy.sh --local",
    sortOptions = false,
    description = {
      "Runs the operator on this machine: a real Kubernetes API server, an AWS emulator, and the operator",
      "as processes on 127.0.0.1. Applies the manifests and follows them until they are ready. The platform stays up;",
      "another call reuses it. Everything it leaves in the checkout is under .local/."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0: all apps are ready", "1: failed; the reason is printed", "2: wrong usage"})
final class Local implements Callable<Integer> {
  @Parameters(
      paramLabel = "MANIFEST",
      description = "YAML files to apply (default: examples/quickstart.yaml).")
  private List<Path> manifests = new ArrayList<>();

  @Option(
      names = "--down",
      description = "End every process of the local platform, also after a crash.")
  private boolean down;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "How long to wait for the apps once they are applied (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  private boolean help;

  private final PrintStream out =
      new PrintStream(
          new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final Clock clock = Clock.systemUTC();

  private Local() {}

  /** Runs the command and exits with its code; whatever is still being built ends with it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Local()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Checkout checkout = Checkout.find();
    LocalPaths paths = LocalPaths.of(checkout);
    Files.createDirectories(paths.root());
    try (FileChannel channel =
        FileChannel.open(paths.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null) {
        throw new LocalFailure(
            "Another ./deploy.sh --local is at work in this checkout: wait for it.");
      }
      return down ? down(paths) : up(checkout, paths);
    } catch (LocalFailure
        | BuildFailedException
        | IllegalStateException
        | IllegalArgumentException e) {
      out.println("\n" + e.getMessage());
      return 1;
    }
  }

  private int down(LocalPaths paths) {
    List<String> ended = new Shutdown(paths, new LocalState(paths.state())).run();
    out.println(
        ended.isEmpty() ? "Nothing was running." : "Ended " + String.join(", ", ended) + ".");
    return 0;
  }

  private int up(Checkout checkout, LocalPaths paths) {
    Path quickstart = checkout.file("examples/quickstart.yaml");
    Manifests wanted = new Manifests(manifests.isEmpty() ? List.of(quickstart) : manifests);
    ClusterChoice choice = Clusters.resolve(ClusterChoice.configured());
    requireTools(choice);
    Board board = new Board(clock);
    LocalRun run = new LocalRun(checkout, paths, board, choice, Duration.ofSeconds(timeoutSeconds));
    Display display = Display.start(board, out, Terminal.ofProperties(), clock);
    try {
      List<AppView> apps = run.run(wanted);
      display.close();
      out.println(Summary.of(apps));
      return 0;
    } catch (RuntimeException e) {
      display.close();
      out.println("\n" + Summary.reason(e) + "\n" + Summary.STAYS);
      return 1;
    }
  }

  private static void requireTools(ClusterChoice choice) {
    List<String> complaints = new ArrayList<>(HostTool.complaints(HostTool.MAVEN, HostTool.PYTHON));
    // Fake nodes are built from source wherever the cluster is ours.
    if (!(choice instanceof ClusterChoice.Existing)) {
      complaints.addAll(HostTool.complaints(HostTool.GO));
    }
    if (!complaints.isEmpty()) {
      throw new LocalFailure(String.join("\n", complaints));
    }
  }
}
