package io.highlyavailable.testbed.argocd;

import io.highlyavailable.testbed.build.DebianPackages;
import io.highlyavailable.testbed.build.Progress;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.LogFile;
import io.highlyavailable.testbed.process.Port;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Argo CD with all of its parts but single sign-on and notifications: repository server,
 * application controller, ApplicationSet controller and API server, on free ports of loopback, as
 * the administrator of the cluster, which is the cluster that it deploys into as well. All of it
 * ends with this JVM.
 */
public final class ArgoCd implements AutoCloseable {
  /** Where its Applications are. */
  public static final String NAMESPACE = ArgoCdInstallation.NAMESPACE;

  /** Its image has a script of this name that looks at a commit's signature. */
  private static final String NOTHING_IS_SIGNED = "#!/bin/sh\nexit 0\n";

  private static final String LOOPBACK = "127.0.0.1:";

  private final Path program;
  private final Map<String, String> environment;
  private final Path logs;
  private final Map<String, Port> ports = new HashMap<>();
  private final List<Supervised> processes = new ArrayList<>();

  private ArgoCd(Path program, Map<String, String> environment, Path logs) {
    this.program = program;
    this.environment = environment;
    this.logs = logs;
  }

  /**
   * Installs it into the cluster and starts it. It works as soon as its parts have found each
   * other, some seconds later.
   *
   * @param settings entries of the ConfigMap argocd-cm
   * @param data an empty directory for what it checks out
   * @param logs directory for a log of each part
   */
  public static ArgoCd start(
      Cluster cluster, Toolchain toolchain, Map<String, String> settings, Path data, Path logs) {
    Path program = toolchain.gitOps().argoCd();
    new ArgoCdInstallation(cluster.client()).apply(toolchain.gitOps().argoCdCrds(), settings);
    ArgoCd argo =
        new ArgoCd(program, environment(cluster.kubeconfig(), toolchain.helm(), data), logs);
    argo.startRedis();
    argo.startRepositoryServer();
    argo.startApplicationController();
    argo.startApplicationSetController();
    argo.startServer();
    return argo;
  }

  private static Map<String, String> environment(Path kubeconfig, Path helm, Path data) {
    Path scripts = data.resolve("bin");
    try {
      Files.createDirectories(data.resolve("tmp"));
      Files.createDirectories(data.resolve("home"));
      Path verify = Files.createDirectories(scripts).resolve("git-verify-wrapper.sh");
      Files.writeString(verify, NOTHING_IS_SIGNED);
      Files.setPosixFilePermissions(verify, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("KUBECONFIG", kubeconfig.toString());
    // "In cluster" is where the kubeconfig points.
    environment.put("ARGOCD_FAKE_IN_CLUSTER", "true");
    environment.put("ARGOCD_GPG_ENABLED", "false");
    environment.put("ARGOCD_TLS_DATA_PATH", data.resolve("tls").toString());
    environment.put("ARGOCD_SSH_DATA_PATH", data.resolve("ssh").toString());
    environment.put("ARGOCD_ASK_PASS_SOCK", data.resolve("ask-pass.sock").toString());
    environment.put("HOME", data.resolve("home").toString());
    environment.put("TMPDIR", data.resolve("tmp").toString());
    environment.put("PATH", scripts + ":" + helm.getParent() + ":" + System.getenv("PATH"));
    return environment;
  }

  private void startRedis() {
    Path redis =
        DebianPackages.ofUser(Progress.toStandardError())
            .unpacked("redis", List.of("redis-server"));
    List<String> line =
        List.of(
            redis.resolve("usr/bin/redis-server").toString(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port("redis")),
            "--save",
            "",
            "--appendonly",
            "no");
    Map<String, String> libraries = Map.of("LD_LIBRARY_PATH", DebianPackages.libraries(redis));
    processes.add(
        Supervised.start(new Command("redis", line, libraries, logs.resolve("redis.log"))));
  }

  private void startRepositoryServer() {
    start(
        "repo-server",
        "--disable-tls",
        "--client-ca-path=",
        "--address=127.0.0.1",
        "--port=" + port("repo-server"),
        "--metrics-address=127.0.0.1",
        "--metrics-port=" + port("repo-server-metrics"),
        "--redis=" + at("redis"));
  }

  private void startApplicationController() {
    start(
        "application-controller",
        "--namespace=" + NAMESPACE,
        "--metrics-port=" + port("application-controller-metrics"),
        "--persist-resource-health",
        "--repo-server=" + at("repo-server"),
        "--repo-server-plaintext",
        "--redis=" + at("redis"));
  }

  private void startApplicationSetController() {
    start(
        "applicationset-controller",
        "--namespace=" + NAMESPACE,
        "--metrics-addr=" + at("applicationset-metrics"),
        "--probe-addr=" + at("applicationset-probe"),
        "--webhook-addr=" + at("applicationset-webhook"),
        "--argocd-repo-server=" + at("repo-server"),
        "--repo-server-plaintext");
  }

  private void startServer() {
    start(
        "server",
        "--namespace=" + NAMESPACE,
        "--address=127.0.0.1",
        "--port=" + port("server"),
        "--metrics-address=127.0.0.1",
        "--metrics-port=" + port("server-metrics"),
        "--insecure",
        "--disable-auth",
        "--repo-server=" + at("repo-server"),
        "--repo-server-plaintext",
        "--redis=" + at("redis"));
  }

  private void start(String role, String... options) {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(List.of(options));
    Map<String, String> all = new HashMap<>(environment);
    all.put("ARGOCD_BINARY_NAME", "argocd-" + role);
    processes.add(
        Supervised.start(
            new Command("argocd-" + role, line, all, logs.resolve("argocd-" + role + ".log"))));
  }

  private int port(String what) {
    return ports.computeIfAbsent(what, key -> Port.reserve()).number();
  }

  private String at(String what) {
    return LOOPBACK + port(what);
  }

  /**
   * What a person at a terminal gets from {@code argocd}.
   *
   * @param exit the exit code
   * @param output standard output and error
   */
  public record Answer(int exit, String output) {}

  /** Runs {@code argocd} against its API server. */
  public Answer argocd(String... arguments) {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--server", at("server"), "--plaintext"));
    return run(environment, line);
  }

  /**
   * Runs one of the commands of {@code argocd} that look at files only.
   *
   * @param home a directory for its own configuration
   * @param settings the ConfigMap argocd-cm, as a file
   */
  public static Answer offline(
      Toolchain toolchain, Path home, String settings, String... arguments) {
    List<String> line = new ArrayList<>(List.of(toolchain.gitOps().argoCd().toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--argocd-cm-path", settings));
    return run(Map.of("HOME", home.toString()), line);
  }

  private static Answer run(Map<String, String> environment, List<String> line) {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * Fails when one of its parts has ended.
   *
   * @throws IllegalStateException with the end of that part's log
   */
  public void check() {
    for (Supervised process : processes) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            process.name() + " has ended:\n" + LogFile.tail(process.log()));
      }
    }
  }

  @Override
  public void close() {
    processes.reversed().forEach(Supervised::close);
    ports.values().forEach(Port::close);
  }
}
