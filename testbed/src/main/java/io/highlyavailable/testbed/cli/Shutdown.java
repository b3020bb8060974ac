package io.highlyavailable.testbed.cli;

import io.highlyavailable.testbed.process.Detached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ends the local platform and forgets its data, which nothing could be done with: the emulator
 * keeps its half in memory.
 */
final class Shutdown {
  private final LocalPaths paths;
  private final LocalState state;

  Shutdown(LocalPaths paths, LocalState state) {
    this.paths = paths;
    this.state = state;
  }

  /**
   * Ends every process that was recorded, whether or not the call that started it came to its end.
   *
   * @return the names of those that were running
   */
  List<String> run() {
    List<String> ended = new ArrayList<>();
    for (Detached process : Detached.all(paths.processes())) {
      if (process.isAlive()) {
        ended.add(process.name());
      }
      process.kill();
    }
    new LocalCluster(state, paths).removeContainer();
    state.clear();
    for (Path left :
        List.of(
            paths.cluster(),
            paths.operator(),
            paths.kubeconfig(),
            paths.env(),
            paths.processes())) {
      remove(left);
    }
    removeOldCommands();
    return ended;
  }

  /** All but the one that we run from. */
  private void removeOldCommands() {
    Path commands = paths.root().resolve("command");
    if (!Files.isDirectory(commands)) {
      return;
    }
    String classPath = System.getProperty("java.class.path");
    try (Stream<Path> entries = Files.list(commands)) {
      entries.filter(e -> !classPath.contains(e.toString())).forEach(Shutdown::remove);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + commands, e);
    }
  }

  private static void remove(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + tree, e);
    }
  }
}
