package io.highlyavailable.testbed.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Go modules under {@code testbed/platform}, and how programs are built from them.
 *
 * @param platform their common directory
 * @param progress hears how builds go on
 */
record GoModules(Path platform, Progress progress) {

  /** The same for every program, so that Go's own build cache serves them all. */
  static final Map<String, String> ENVIRONMENT =
      Map.of("GOFLAGS", "-buildvcs=false -trimpath -mod=readonly", "CGO_ENABLED", "0");

  /** {@link #programs(String, String, String, String, String, List)} without build tags. */
  Recipe programs(
      String name, String typically, String module, String linkerFlags, List<String> packages) {
    return programs(name, typically, module, linkerFlags, "", packages);
  }

  /**
   * A directory with programs.
   *
   * @param module the directory of the module that pins them
   * @param tags build tags; empty for none
   * @param packages their main packages; those that are written here begin with {@code ./}
   */
  Recipe programs(
      String name,
      String typically,
      String module,
      String linkerFlags,
      String tags,
      List<String> packages) {
    HostTool.require(HostTool.GO);
    Path sources = directory(module);
    List<String> inputs = new ArrayList<>(packages);
    inputs.addAll(pins(module));
    inputs.addAll(ownSources(sources, packages));
    inputs.add(linkerFlags);
    inputs.add(ENVIRONMENT.get("GOFLAGS"));
    inputs.add(HostTool.output(List.of("go", "version")));
    List<String> line = new ArrayList<>(List.of("go", "-C", sources.toString(), "install", "-v"));
    line.addAll(List.of("-ldflags", linkerFlags));
    if (!tags.isEmpty()) {
      inputs.add(tags);
      line.addAll(List.of("-tags", tags));
    }
    line.addAll(packages);
    return new Recipe(
        name, typically, inputs, (into, log) -> install(name, typically, into, log, line));
  }

  /** The directory of a module. */
  Path directory(String module) {
    return platform.resolve(module);
  }

  /** What pins the versions of everything that a module is built from. */
  List<String> pins(String module) {
    Path sources = directory(module);
    return List.of(
        BuildCache.text(sources.resolve("go.mod")), BuildCache.text(sources.resolve("go.sum")));
  }

  /** The texts of the programs that are written here, which no module file pins. */
  private static List<String> ownSources(Path module, List<String> packages) {
    return packages.stream()
        .filter(name -> name.startsWith("./"))
        .map(name -> BuildCache.text(module.resolve(name).resolve("main.go")))
        .toList();
  }

  private void install(String name, String typically, Path into, Path log, List<String> line)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("GOBIN", into.toString());
    new BuildStep(name, log, progress, typically, "packages compiled").run(environment, line);
    // etcd's main package is called "server", and Go names a program after its package.
    Path server = into.resolve("server");
    if (Files.exists(server)) {
      Files.move(server, into.resolve("etcd"));
    }
  }
}
