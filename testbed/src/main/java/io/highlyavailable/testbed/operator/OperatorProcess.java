package io.highlyavailable.testbed.operator;

import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Jdk;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.process.Command;
import io.highlyavailable.testbed.process.LogFile;
import io.highlyavailable.testbed.process.Port;
import io.highlyavailable.testbed.process.ProcessStarter;
import io.highlyavailable.testbed.process.RunningProcess;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own jar as a process of its own, under its own service account with the chart's
 * rights: never as an administrator. Several may run against one cluster. Not safe for use from
 * several threads.
 */
public final class OperatorProcess implements AutoCloseable {
  private static final String JAR = "operator/target/operator.jar";

  /** What Kubernetes gives the chart's pods. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(30);

  /** A JVM starts in 2 s alone on a machine, and took 22 s on one with a load of 20. */
  private static final Duration RESTART_LIMIT = Duration.ofSeconds(120);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final ProcessStarter starter;
  private final Command command;
  private final Port port;
  private @Nullable RunningProcess process;

  private OperatorProcess(ProcessStarter starter, Command command, Port port) {
    this.starter = starter;
    this.command = command;
    this.port = port;
  }

  /**
   * Installs CRD, identity and rights, and starts the operator under supervision of this JVM.
   *
   * @param logs directory for {@code operator-<service account>.log}, which restarts append to
   * @throws IllegalStateException when the operator's jar is not built
   */
  public static OperatorProcess start(Cluster cluster, OperatorSettings settings, Path logs) {
    OperatorProcess operator = create(cluster, settings, logs, Supervised::start);
    operator.start();
    return operator;
  }

  /**
   * Installs CRD, identity and rights, and prepares an operator that {@link #start()} then starts.
   *
   * @param starter decides how long the process lives
   * @throws IllegalStateException when the operator's jar is not built
   */
  public static OperatorProcess create(
      Cluster cluster, OperatorSettings settings, Path logs, ProcessStarter starter) {
    return create(cluster, settings, logs, starter, Checkout.find().file(JAR));
  }

  /**
   * Starts the operator with what is installed in the cluster already, by Helm for one: CRD,
   * identity and rights stay as they are.
   *
   * @throws IllegalStateException when the operator's jar is not built
   */
  public static OperatorProcess startInstalled(
      Cluster cluster, OperatorSettings settings, Path logs) {
    OperatorProcess operator =
        prepare(cluster, settings, logs, Supervised::start, Checkout.find().file(JAR));
    operator.start();
    return operator;
  }

  /**
   * Like {@link #create(Cluster, OperatorSettings, Path, ProcessStarter)}, with another jar than
   * the checkout's.
   *
   * @param jar beside its {@code lib}
   */
  public static OperatorProcess create(
      Cluster cluster, OperatorSettings settings, Path logs, ProcessStarter starter, Path jar) {
    new OperatorInstallation(cluster.client(), Checkout.find()).apply(settings);
    return prepare(cluster, settings, logs, starter, jar);
  }

  private static OperatorProcess prepare(
      Cluster cluster, OperatorSettings settings, Path logs, ProcessStarter starter, Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          jar + " is missing: build it with `mvn -pl operator -am -DskipTests package`");
    }
    Path kubeconfig = cluster.kubeconfigFor(settings.namespace(), settings.serviceAccount());
    Port port = Port.reserve();
    String name =
        settings.serviceAccount().equals("highlyavailableapp")
            ? "operator"
            : "operator-" + settings.serviceAccount();
    Command command =
        new Command(
            name,
            line(settings, jar),
            environment(settings, kubeconfig, port),
            logs.toAbsolutePath().resolve(name + ".log"));
    return new OperatorProcess(starter, command, port);
  }

  private static List<String> line(OperatorSettings settings, Path jar) {
    List<String> line = new ArrayList<>(List.of(Jdk.java().toString()));
    line.addAll(settings.javaOptions());
    line.addAll(List.of("-jar", jar.toString()));
    return line;
  }

  private static Map<String, String> environment(
      OperatorSettings settings, Path kubeconfig, Port port) {
    Map<String, String> environment = new TreeMap<>(settings.environment());
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("HAAPP_WATCH_NAMESPACES", String.join(",", settings.watchNamespaces()));
    environment.put("HAAPP_LEADER_NAMESPACE", settings.namespace());
    environment.put("HAAPP_HTTP_PORT", Integer.toString(port.number()));
    return environment;
  }

  /** Starts it; returns before it is ready. */
  public void start() {
    if (isAlive()) {
      throw new IllegalStateException("the operator runs already");
    }
    process = starter.start(command);
  }

  /** Ends it at once (SIGKILL), as a node that is lost does. */
  public void kill() {
    running().kill();
  }

  /** Asks it to end (SIGTERM), as Kubernetes does, and kills it after 30 seconds. */
  public void stop() {
    running().stop(STOP_GRACE);
  }

  /** Stops and starts it with the same settings, and returns when it is ready. */
  public void restart() {
    stop();
    start();
    awaitReady(RESTART_LIMIT);
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** The id of the process. */
  public long pid() {
    return running().pid();
  }

  /** Base URL of {@code /healthz}, {@code /readyz} and {@code /metrics}. */
  public URI http() {
    return URI.create("http://127.0.0.1:" + port.number());
  }

  /** What it prints, over all restarts. */
  public Path logFile() {
    return command.log();
  }

  /** The metrics as Prometheus reads them. */
  public String metrics() {
    return get("/metrics").body();
  }

  /**
   * Returns when {@code /readyz} answers 200.
   *
   * @throws IllegalStateException when the process ends before, or the time is over; the message
   *     has the end of the log
   */
  public void awaitReady(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!isReady()) {
      if (!isAlive()) {
        throw new IllegalStateException("the operator ended before it was ready:\n" + logTail());
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "the operator is not ready after %d s:%n%s".formatted(limit.toSeconds(), logTail()));
      }
      pause();
    }
  }

  /** Whether {@code /readyz} answers 200 now. */
  public boolean isReady() {
    try {
      return get("/readyz").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** The last lines of the log, for messages. */
  public String logTail() {
    return LogFile.tail(logFile());
  }

  @Override
  public void close() {
    if (process != null) {
      process.stop(STOP_GRACE);
    }
    port.close();
    http.close();
  }

  private RunningProcess running() {
    if (process == null) {
      throw new IllegalStateException("the operator was never started");
    }
    return process;
  }

  private HttpResponse<String> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(http().resolve(path)).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
