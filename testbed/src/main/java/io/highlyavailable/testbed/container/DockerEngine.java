package io.highlyavailable.testbed.container;

import io.highlyavailable.testbed.build.BuildFailedException;
import io.highlyavailable.testbed.build.BuildStep;
import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine: the one that answers on this machine, or one of our own that lives no longer
 * than this JVM, installs nothing and leaves nothing. Containers that are to reach the platform use
 * the machine's network.
 */
public final class DockerEngine implements AutoCloseable {
  private final Path docker;
  private final Map<String, String> environment;
  private final @Nullable Supervised own;

  private DockerEngine(Path docker, Map<String, String> environment, @Nullable Supervised own) {
    this.docker = docker;
    this.environment = Map.copyOf(environment);
    this.own = own;
  }

  /** Why there is no engine here that could build the image, for people to read; empty if so. */
  public static Optional<String> obstacle() {
    return EngineChoice.ofMachine() instanceof EngineChoice.None(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  /**
   * An engine that answers.
   *
   * @param directory for the data of one of our own; with a short name, since sockets lie in it
   * @param logs directory for its log
   * @throws IllegalStateException when {@link #obstacle} names one, or our own does not start
   */
  public static DockerEngine start(Path directory, Path logs, Progress progress) {
    return switch (EngineChoice.ofMachine()) {
      case EngineChoice.None(String reason) -> throw new IllegalStateException(reason);
      case EngineChoice.Answering(Path docker) ->
          new DockerEngine(docker, Map.of("DOCKER_BUILDKIT", "1"), null);
      case EngineChoice.Private() ->
          ours(PrivateDaemon.start(DebianPackages.ofUser(progress), directory, logs));
    };
  }

  private static DockerEngine ours(PrivateDaemon daemon) {
    return new DockerEngine(daemon.client(), daemon.environment(), daemon.process());
  }

  /**
   * Runs the client to its end.
   *
   * @return what it prints to standard output
   * @throws IllegalStateException when it fails, with all that it printed
   */
  public String docker(String... arguments) {
    Result result = tryDocker(arguments);
    if (result.code() != 0) {
      throw new IllegalStateException(
          "docker %s ended with %d: %s"
              .formatted(String.join(" ", arguments), result.code(), result.all()));
    }
    return result.output();
  }

  /** Runs the client to its end, whatever that is. */
  public Result tryDocker(String... arguments) {
    try {
      Process process = builder(List.of(arguments)).start();
      process.getOutputStream().close();
      var errors = CompletableFuture.supplyAsync(() -> read(process.errorReader()));
      String output = read(process.inputReader());
      return new Result(process.waitFor(), output, errors.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String read(Reader stream) {
    try (stream) {
      return stream.readAllAsString().strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How a command ended.
   *
   * @param code its exit code; that of the container for {@code docker run}
   * @param output what it printed to standard output, without blanks around it
   * @param errors what it printed to standard error; the client warns there
   */
  public record Result(int code, String output, String errors) {
    /** All that it printed. */
    public String all() {
      return (output + "\n" + errors).strip();
    }
  }

  /** The environment that makes a Docker client talk to this engine. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The client. */
  public Path client() {
    return docker;
  }

  /**
   * Builds an image.
   *
   * @param log where the build's output goes
   * @throws BuildFailedException with the end of the log
   */
  public void build(Progress progress, Path log, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(docker.toString(), "build", "--progress=plain"));
    line.addAll(List.of(arguments));
    new BuildStep("image", log, progress, "a container image (1 to 3 minutes)", "lines of output")
        .run(environment, line);
  }

  /** Makes an image of one layer out of a directory, all of it owned by root. */
  public void importTree(Path tree, String name, String... changes) {
    try {
      Path archive = Files.createTempFile(tree.getParent(), "base-", ".tar");
      List<String> pack =
          List.of("tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "-C");
      List<String> line = new ArrayList<>(pack);
      line.addAll(List.of(tree.toString(), "-cf", archive.toString(), "."));
      Process tar = new ProcessBuilder(line).inheritIO().start();
      if (tar.waitFor() != 0) {
        throw new IllegalStateException("cannot pack " + tree);
      }
      List<String> arguments = new ArrayList<>(List.of("import"));
      for (String change : changes) {
        arguments.addAll(List.of("--change", change));
      }
      arguments.addAll(List.of(archive.toString(), name));
      docker(arguments.toArray(String[]::new));
      Files.delete(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private ProcessBuilder builder(List<String> arguments) {
    List<String> line = new ArrayList<>(List.of(docker.toString()));
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    builder.environment().values().removeIf(String::isEmpty);
    return builder;
  }

  /** Ends an engine of our own with all its containers; leaves another as it is. */
  @Override
  public void close() {
    if (own != null) {
      // The engine may be lost already, and what else closes with it is to be closed all the same.
      Result containers = tryDocker("ps", "--all", "--quiet");
      if (containers.code() == 0 && !containers.output().isEmpty()) {
        List<String> remove = new ArrayList<>(List.of("rm", "--force", "--volumes"));
        remove.addAll(containers.output().lines().toList());
        tryDocker(remove.toArray(String[]::new));
      }
      // Nothing of it is kept, so there is nothing that it would have to put in order.
      own.kill();
    }
  }
}
