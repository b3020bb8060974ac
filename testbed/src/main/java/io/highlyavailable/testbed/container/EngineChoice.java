package io.highlyavailable.testbed.container;

import io.highlyavailable.testbed.build.HostTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Which container engine this machine offers. */
sealed interface EngineChoice {

  /** The engine that the {@code docker} on PATH reaches. */
  record Answering(Path docker) implements EngineChoice {}

  /** One of our own, from packages of the distribution, for this run alone. */
  record Private() implements EngineChoice {}

  /** None, and why, for people to read. */
  record None(String reason) implements EngineChoice {}

  /** What this machine offers. Asks the engine, which takes a moment. */
  static EngineChoice ofMachine() {
    Optional<Path> docker = HostTool.onPath("docker");
    if (docker.isPresent() && answers(docker.get()) && builds(docker.get())) {
      return canMakeBases() ? new Answering(docker.get()) : new None(noPackages());
    }
    return obstacleToOurOwn().<EngineChoice>map(None::new).orElseGet(Private::new);
  }

  private static boolean answers(Path docker) {
    return !HostTool.output(
            List.of(docker.toString(), "version", "--format", "{{.Server.Version}}"))
        .isEmpty();
  }

  /** BuildKit's client has been a plugin since Docker 23. */
  private static boolean builds(Path docker) {
    return !HostTool.output(List.of(docker.toString(), "buildx", "version")).isEmpty();
  }

  private static boolean canMakeBases() {
    return HostTool.onPath("apt-get").isPresent() && HostTool.onPath("dpkg").isPresent();
  }

  private static String noPackages() {
    return "base images are made of Debian packages, and there is no apt-get here";
  }

  private static Optional<String> obstacleToOurOwn() {
    String none = "no Docker engine with BuildKit answers, and one of our own cannot be had: ";
    // Later ones leave BuildKit's client to a package that Debian 12 does not have.
    if (!"debian 12".equals(distribution())) {
      return Optional.of(none + "only Debian 12's has been tried");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of(none + "it needs root");
    }
    if (HostTool.output(List.of("unshare", "--mount", "--pid", "--fork", "echo", "yes"))
        .isEmpty()) {
      return Optional.of(none + "this root may not make namespaces");
    }
    return Files.isWritable(Path.of("/sys/fs/cgroup"))
        ? Optional.empty()
        : Optional.of(none + "/sys/fs/cgroup cannot be written");
  }

  private static String distribution() {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(Path.of("/etc/os-release"))) {
      release.load(reader);
    } catch (IOException | IllegalArgumentException notLinux) {
      return "";
    }
    return (release.getProperty("ID", "") + " " + release.getProperty("VERSION_ID", ""))
        .replace("\"", "");
  }
}
