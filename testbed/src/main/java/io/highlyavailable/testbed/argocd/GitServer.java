package io.highlyavailable.testbed.argocd;

import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.Port;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Git server on a free port of loopback, with one repository that begins empty and that anybody
 * may read. It ends with this JVM.
 */
public final class GitServer implements AutoCloseable {
  private static final String BRANCH = "main";
  private static final String REPOSITORY = "gitops.git";

  private final Path worktree;
  private final Port port;
  private final Supervised daemon;

  private GitServer(Path worktree, Port port, Supervised daemon) {
    this.worktree = worktree;
    this.port = port;
    this.daemon = daemon;
  }

  /**
   * Starts it; it answers within a moment.
   *
   * @param data an empty directory for the repository and a working copy of it
   * @param logs directory for its log
   * @throws IllegalStateException when there is no Git on this machine
   */
  public static GitServer start(Path data, Path logs) {
    Path served = data.resolve("served");
    Path worktree = data.resolve("worktree");
    Path bare = served.resolve(REPOSITORY);
    git(data, "init", "--quiet", "--bare", "--initial-branch=" + BRANCH, bare.toString());
    git(data, "clone", "--quiet", bare.toString(), worktree.toString());
    git(worktree, "checkout", "--quiet", "-B", BRANCH);
    Port port = Port.reserve();
    List<String> line =
        List.of(
            "git",
            "daemon",
            "--listen=127.0.0.1",
            "--port=" + port.number(),
            "--base-path=" + served,
            "--export-all",
            "--reuseaddr");
    Supervised daemon =
        Supervised.start(Command.of("git-daemon", logs.resolve("git-daemon.log"), line));
    return new GitServer(worktree, port, daemon);
  }

  /** Where the repository is read. */
  public URI url() {
    return URI.create("git://127.0.0.1:%d/%s".formatted(port.number(), REPOSITORY));
  }

  /** The branch that {@link #push} pushes to. */
  public String branch() {
    return BRANCH;
  }

  /** Writes a file of the working copy. */
  public GitServer write(String path, String text) {
    Path file = worktree.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Copies a directory into the working copy. */
  public GitServer copy(Path directory, String path) {
    Path target = worktree.resolve(path);
    try {
      Files.createDirectories(target.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(worktree, List.of("cp", "-r", directory.toString(), target.toString()));
    return this;
  }

  /** Takes a file or directory out of the working copy. */
  public GitServer remove(String path) {
    git(worktree, "rm", "--quiet", "-r", path);
    return this;
  }

  /** Commits what the working copy has and pushes it. */
  public void push(String message) {
    git(worktree, "add", "--all");
    git(worktree, "commit", "--quiet", "--message", message);
    git(worktree, "push", "--quiet", "origin", BRANCH);
  }

  /** The id of the commit that was pushed last. */
  public String head() {
    return git(worktree, "rev-parse", "HEAD");
  }

  private static String git(Path directory, String... arguments) {
    List<String> line = new ArrayList<>(List.of("git"));
    // Whoever runs the tests may have no name, sign commits or have hooks.
    for (String setting :
        List.of(
            "user.name=testbed",
            "user.email=testbed@example.com",
            "commit.gpgsign=false",
            "core.hooksPath=/dev/null")) {
      line.addAll(List.of("-c", setting));
    }
    line.addAll(List.of(arguments));
    return run(directory, line);
  }

  private static String run(Path directory, List<String> line) {
    try {
      Process process =
          new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", line) + ": " + output);
      }
      return output.strip();
    } catch (IOException e) {
      throw new IllegalStateException(line.getFirst() + " does not run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    daemon.close();
    port.close();
  }
}
