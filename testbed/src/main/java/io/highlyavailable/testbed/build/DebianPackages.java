package io.highlyavailable.testbed.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Programs of the Debian or Ubuntu that this machine runs, unpacked into the user's cache without
 * root and without installing anything. Their versions are those that the distribution serves.
 */
public final class DebianPackages {
  private static final Pattern WANTED = Pattern.compile("Inst (\\S+) .*");

  /** Where scanners look for the packages of an image that has no package manager. */
  private static final String DESCRIPTIONS = "var/lib/dpkg/status.d";

  private static final String NOWHERE = "";
  private static final String TYPICALLY = "packages of the distribution (a few seconds, once)";

  private final BuildCache cache;
  private final Progress progress;

  private DebianPackages(BuildCache cache, Progress progress) {
    this.cache = cache;
    this.progress = progress;
  }

  /** Unpacks into the user's cache. */
  public static DebianPackages ofUser(Progress progress) {
    return new DebianPackages(new BuildCache(BuildCache.defaultDirectory(), progress), progress);
  }

  /**
   * A directory with these packages, and those they need that are not installed, below {@code usr}.
   *
   * @throws BuildFailedException when there is no apt, or it cannot download them
   */
  public Path unpacked(String name, List<String> packages) {
    return unpacked(name, packages, DebianPackages::missing, NOWHERE);
  }

  /**
   * A directory with these packages, and nothing else, whatever they need: for the root of a
   * container.
   *
   * @throws BuildFailedException when there is no apt, or it cannot download them
   */
  public Path alone(String name, List<String> packages) {
    return unpacked(name, packages, (apt, wanted) -> wanted, DESCRIPTIONS);
  }

  /**
   * A directory with these packages and all that they need, whatever is installed here: for the
   * root of a container.
   *
   * @throws BuildFailedException when there is no apt, or it cannot download them
   */
  public Path whole(String name, List<String> packages) {
    return unpacked(
        name,
        packages,
        // To apt nothing is installed.
        (apt, wanted) -> missing(with(apt, List.of("-o", "Dir::State::status=/dev/null")), wanted),
        DESCRIPTIONS);
  }

  private Path unpacked(
      String name, List<String> packages, Selection selection, String descriptions) {
    List<String> inputs = new ArrayList<>(packages);
    if (!descriptions.isEmpty()) {
      inputs.add(descriptions);
    }
    inputs.add(HostTool.output(List.of("cat", "/etc/os-release")));
    inputs.add(System.getProperty("os.arch"));
    return cache.get(
        new Recipe(
            name,
            TYPICALLY,
            inputs,
            (into, log) -> {
              download(name, packages, selection, into, log);
              unpack(name, descriptions, into, log);
            }));
  }

  /** What to download, given the command line of apt and what was asked for. */
  private interface Selection {
    List<String> of(List<String> apt, List<String> wanted);
  }

  private void download(
      String name, List<String> packages, Selection selection, Path into, Path log)
      throws IOException, InterruptedException {
    BuildStep step = new BuildStep(name, log, progress, TYPICALLY, "lines of output");
    Path state = into.resolve("apt");
    List<String> apt = apt(state);
    step.run(Map.of(), with(apt, List.of("update")));
    List<String> download = new ArrayList<>(List.of("env", "-C", into.toString()));
    download.addAll(with(apt, List.of("download")));
    download.addAll(selection.of(apt, packages));
    step.run(Map.of(), download);
    step.run(Map.of(), List.of("rm", "-rf", state.toString()));
  }

  private void unpack(String name, String descriptions, Path into, Path log)
      throws IOException, InterruptedException {
    BuildStep step = new BuildStep(name, log, progress, TYPICALLY, "lines of output");
    for (Path file : files(into)) {
      step.run(Map.of(), List.of("dpkg", "-x", file.toString(), into.toString()));
      if (!descriptions.isEmpty()) {
        describe(file, into.resolve(descriptions));
      }
      Files.delete(file);
    }
  }

  private static void describe(Path file, Path descriptions) throws IOException {
    Files.createDirectories(descriptions);
    String name = HostTool.output(List.of("dpkg", "--field", file.toString(), "Package"));
    String control = HostTool.output(List.of("dpkg", "--field", file.toString()));
    Files.writeString(descriptions.resolve(name), control + "\n");
  }

  /** With lists of its own: those of the machine may be missing or old, and belong to root. */
  private static List<String> apt(Path state) throws IOException {
    Path lists = Files.createDirectories(state.resolve("lists/partial")).getParent();
    Path archives = Files.createDirectories(state.resolve("cache/archives/partial"));
    return List.of(
        "apt-get",
        "--quiet",
        "-o",
        "Dir::State::Lists=" + lists,
        "-o",
        "Dir::Cache=" + archives.getParent().getParent(),
        "-o",
        "Debug::NoLocking=true");
  }

  private static List<String> with(List<String> apt, List<String> arguments) {
    List<String> line = new ArrayList<>(apt);
    line.addAll(arguments);
    return line;
  }

  /** What an installation would install, by simulating one; the packages alone if that fails. */
  private static List<String> missing(List<String> apt, List<String> packages) {
    List<String> line =
        with(apt, List.of("--simulate", "install", "--no-install-recommends", "--reinstall"));
    line.addAll(packages);
    List<String> found =
        HostTool.output(line)
            .lines()
            .map(WANTED::matcher)
            .filter(match -> match.matches())
            .map(match -> match.group(1))
            .toList();
    return found.isEmpty() ? packages : found;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
    }
  }

  /** The directories of shared libraries in what was unpacked, as for LD_LIBRARY_PATH. */
  public static String libraries(Path unpacked) {
    Path lib = unpacked.resolve("usr/lib");
    try (Stream<Path> all = Files.list(lib)) {
      return String.join(
          ":",
          all.filter(directory -> directory.toString().endsWith("-linux-gnu"))
              .map(Path::toString)
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new BuildFailedException("no libraries in " + lib, e);
    }
  }
}
