package io.highlyavailable.testbed.container;

import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.HostTool;
import io.highlyavailable.testbed.build.Jdk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Stand-ins for the base images of the Dockerfile, where those cannot be pulled: the same C library
 * from the distribution's packages, and the JDK and the Maven of this machine.
 */
final class LocalBases {
  /** Stands for the image with Maven and a JDK. */
  static final String BUILD = "highlyavailableapp-base-build:local";

  /** Stands for the image without a shell. */
  static final String RUNTIME = "highlyavailableapp-base-runtime:local";

  /** As the public one has it, but for the certificates, of which the JVM brings its own. */
  private static final List<String> RUNTIME_PACKAGES =
      List.of("libc6", "base-files", "netbase", "tzdata");

  private static final List<String> BUILD_PACKAGES =
      List.of("dash", "bash", "coreutils", "findutils", "grep", "sed");

  private static final String SETTINGS =
      """
      <settings>
        <profiles>
          <profile>
            <id>machine</id>
            <repositories><repository><id>machine</id><url>%1$s</url></repository></repositories>
            <pluginRepositories>
              <pluginRepository><id>machine</id><url>%1$s</url></pluginRepository>
            </pluginRepositories>
          </profile>
        </profiles>
        <activeProfiles><activeProfile>machine</activeProfile></activeProfiles>
      </settings>
      """;

  private final DebianPackages packages;

  LocalBases(DebianPackages packages) {
    this.packages = packages;
  }

  /** Everything that the images are made of, in words that change with it. */
  List<String> inputs() throws IOException {
    return List.of(
        packages.alone("base-runtime", RUNTIME_PACKAGES).toString(),
        packages.whole("base-build", BUILD_PACKAGES).toString(),
        Files.readString(Jdk.home().resolve("release")),
        mavenHome().toString());
  }

  /**
   * Makes both.
   *
   * @param work an empty directory, empty again afterwards
   * @param repository a Maven repository that is asked before the usual ones
   */
  void make(DockerEngine engine, Path work, URI repository)
      throws IOException, InterruptedException {
    makeRuntime(engine, work.resolve("runtime"));
    makeBuild(engine, work.resolve("build"), repository);
  }

  private void makeRuntime(DockerEngine engine, Path runtime)
      throws IOException, InterruptedException {
    copy("-a", packages.alone("base-runtime", RUNTIME_PACKAGES), runtime);
    identify(runtime);
    engine.importTree(runtime, RUNTIME);
    remove(runtime);
  }

  private void makeBuild(DockerEngine engine, Path build, URI repository)
      throws IOException, InterruptedException {
    copy("-a", packages.whole("base-build", BUILD_PACKAGES), build);
    identify(build);
    Files.createDirectories(build.resolve("opt"));
    // -L: distributions link single files of both to other places.
    copy("-rL", Jdk.home(), build.resolve("opt/jdk"));
    copy("-rL", mavenHome(), build.resolve("opt/maven"));
    Path settings = Files.createDirectories(build.resolve("root/.m2")).resolve("settings.xml");
    Files.writeString(settings, SETTINGS.formatted(repository));
    engine.importTree(
        build,
        BUILD,
        "ENV PATH=/opt/jdk/bin:/opt/maven/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "ENV JAVA_HOME=/opt/jdk");
    remove(build);
  }

  /** What packages leave to their installation scripts, which were not run. */
  private static void identify(Path root) throws IOException {
    Path etc = Files.createDirectories(root.resolve("etc"));
    Files.writeString(
        etc.resolve("passwd"),
        """
        root:x:0:0:root:/root:/sbin/nologin
        nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
        """);
    Files.writeString(etc.resolve("group"), "root:x:0:\nnonroot:x:65532:\n");
    Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files dns\n");
  }

  private static void copy(String how, Path from, Path to)
      throws IOException, InterruptedException {
    run("cp", how, from.toString(), to.toString());
  }

  private static void remove(Path tree) throws IOException, InterruptedException {
    run("rm", "-rf", tree.toString());
  }

  private static void run(String... line) throws IOException, InterruptedException {
    if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
      throw new IOException("failed: " + String.join(" ", line));
    }
  }

  private static Path mavenHome() {
    return HostTool.mavenHome()
        .orElseThrow(() -> new IllegalStateException("there is no Maven on PATH"));
  }
}
