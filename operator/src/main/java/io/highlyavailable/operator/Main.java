package io.highlyavailable.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.aws.AwsClientFactory;
import io.highlyavailable.operator.config.Arguments;
import io.highlyavailable.operator.config.InvalidConfigException;
import io.highlyavailable.operator.config.OperatorConfig;
import io.highlyavailable.operator.credentials.DatabaseCheck;
import io.highlyavailable.operator.credentials.DatabaseUsers;
import io.highlyavailable.operator.engine.EndlessRetry;
import io.highlyavailable.operator.engine.Executions;
import io.highlyavailable.operator.engine.Leadership;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import io.highlyavailable.operator.metrics.Metrics;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.model.UserJobVariables;
import io.highlyavailable.operator.tracing.Export;
import io.highlyavailable.operator.tracing.Tracing;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the operator. */
public final class Main {
  private static final String FINALIZER = "highlyavailable.io/finalizer";
  private static final String LEASE = "highlyavailableapp";

  /**
   * Reconciliations are short and wait for nothing but the API server, which answers more of them
   * in a second when fewer ask at once.
   */
  private static final int CONCURRENT_RECONCILIATIONS = 64;

  /** A missed event is caught after this long; JOSDK's cancelled timers pile up with longer. */
  private static final Duration RESYNC = Duration.ofMinutes(10);

  /** Writes of a settled reconciliation end within seconds. */
  private static final Duration STOP = Duration.ofSeconds(20);

  private Main() {}

  /**
   * Runs until it is told to stop.
   *
   * @param args {@code --train} runs through start-up without a cluster and exits, so that the JVM
   *     can record an AOT cache; {@code --database-users} makes a database user, as {@link
   *     DatabaseUsers} does in a Job, and exits; {@code --check-database} does what {@link
   *     DatabaseCheck} does; {@code --guard-uninstall} what {@link UninstallGuard} does; {@code
   *     --check-ready URL} asks an operator whether it is ready; all others are options, as {@link
   *     Arguments} reads them
   */
  public static void main(String[] args) {
    Logging.configure(System.getenv());
    Logger log = LoggerFactory.getLogger(Main.class);
    switch (args.length == 0 ? "" : args[0]) {
      case "--train" -> Training.run();
      case UserJobVariables.ARGUMENT ->
          System.exit(DatabaseUsers.run(System.getenv(), Main::lastWords));
      case UserJobVariables.CHECK_ARGUMENT ->
          System.exit(DatabaseCheck.run(System.getenv(), Main::lastWords));
      case UninstallGuard.ARGUMENT -> System.exit(guardUninstall());
      case ReadyCheck.ARGUMENT -> System.exit(ReadyCheck.run(URI.create(args[1])));
      default -> start(log, args);
    }
  }

  private static void start(Logger log, String... args) {
    try {
      Map<String, String> settings = Arguments.over(System.getenv(), args);
      Logging.configure(settings);
      run(OperatorConfig.from(settings), log);
    } catch (InvalidConfigException e) {
      log.error("{}", e.getMessage());
      System.exit(2);
    } catch (RuntimeException e) {
      log.error("Cannot start", e);
      System.exit(1);
    }
  }

  private static int guardUninstall() {
    Set<String> namespaces = OperatorConfig.watchedNamespaces(System.getenv());
    try (KubernetesClient client = client(Config.autoConfigure(null))) {
      return new UninstallGuard(client, namespaces).run();
    }
  }

  /** Where Kubernetes looks for why a container ended; its operator reads it there. */
  private static void lastWords(String why) {
    Path log = Path.of("/dev/termination-log");
    try {
      if (Files.isWritable(log)) {
        Files.writeString(log, why);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(Main.class).warn("Cannot write {}", log, e);
    }
  }

  private static void run(OperatorConfig config, Logger log) {
    Metrics metrics = new Metrics();
    Tracing tracing =
        config.traces().enabled()
            ? Export.start(Version.CURRENT, config.clusterId(), config.traces())
            : Tracing.OFF;
    KubernetesClient client = client(Config.autoConfigure(null));
    AwsClientFactory aws = Engine.aws(config, metrics.and(tracing));
    AtomicReference<EventSourceContext<HighlyAvailableApp>> caches = new AtomicReference<>();
    AtomicReference<Engine> wired = new AtomicReference<>();
    Engine engine =
        Engine.create(
            config, client, aws, () -> wakeAll(wired.get(), caches.get()), metrics, tracing);
    wired.set(engine);
    ThreadPoolExecutor reconciliations = boundedVirtualThreads();
    metrics.watch(reconciliations.getQueue()::size, engine.clouds()::load);
    Leadership leadership =
        new Leadership(client, config.leaderNamespace(), LEASE, System.getenv(), metrics::leading);
    Operator operator =
        operator(config, client, reconciliations, measured(metrics, tracing), leadership);
    operator.register(
        new AppReconciler(engine, metrics.apps(), caches::set),
        overrider -> controller(overrider, config));
    HttpEndpoint http =
        new HttpEndpoint(
            address(),
            config.httpPort(),
            () -> healthy(operator),
            () -> operator.getRuntimeInfo().isStarted(),
            metrics::scrape);
    log.info(
        "HighlyAvailableApp operator {} for cluster {} in {}, http port {}",
        Version.CURRENT,
        config.clusterId(),
        config.region(),
        http.port());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> stop(leadership, operator, engine, aws, http, client), "stop"));
    engine.account().start();
    // Nodes belong to no namespace: one who may see single ones only may not see nodes.
    if (config.watchNamespaces().isEmpty()) {
      engine.nodes().start();
    }
    engine.recoveryPoints().start();
    engine.traffic().start();
    operator.start();
    if (!config.leaderElection()) {
      metrics.leading(true);
    }
  }

  /**
   * The kubelet and Prometheus ask a pod from outside; on a person's machine nobody else should.
   */
  private static InetAddress address() {
    return System.getenv().containsKey("KUBERNETES_SERVICE_HOST")
        ? new InetSocketAddress(0).getAddress()
        : InetAddress.getLoopbackAddress();
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(config).withUserAgent("highlyavailableapp").build())
        .build();
  }

  private static Operator operator(
      OperatorConfig config,
      KubernetesClient client,
      ThreadPoolExecutor reconciliations,
      AggregatedMetrics measured,
      Leadership leadership) {
    return new Operator(
        overrider -> {
          overrider
              .withKubernetesClient(client)
              .withExecutorService(reconciliations)
              .withMetrics(measured)
              .withUseSSAToPatchPrimaryResource(true)
              .withPreviousAnnotationForDependentResources(false)
              // It is needed after that, to give the lease back.
              .withCloseClientOnStop(false)
              .withReconciliationTerminationTimeout(STOP);
          if (config.leaderElection()) {
            overrider.withLeaderElectionConfiguration(leadership.election());
          }
        });
  }

  /** Of aggregated ones the first alone times executions. */
  private static AggregatedMetrics measured(Metrics metrics, Tracing tracing) {
    return new AggregatedMetrics(
        List.of(
            new Executions(metrics.registry(), metrics.apps()::forget, tracing),
            MicrometerMetrics.withoutPerResourceMetrics(metrics.registry())));
  }

  private static ThreadPoolExecutor boundedVirtualThreads() {
    return new ThreadPoolExecutor(
        CONCURRENT_RECONCILIATIONS,
        CONCURRENT_RECONCILIATIONS,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        Thread.ofVirtual().name("reconcile-", 0).factory());
  }

  private static void controller(
      ControllerConfigurationOverrider<HighlyAvailableApp> overrider, OperatorConfig config) {
    overrider
        .withName(LEASE)
        .withFinalizer(FINALIZER)
        .withFieldManager(AppMetadata.MANAGER)
        .withGenerationAware(false)
        .withRetry(new EndlessRetry())
        .withReconciliationMaxInterval(RESYNC)
        .withInformerListLimit(500L);
    if (config.watchNamespaces().isEmpty()) {
      overrider.watchingAllNamespaces();
    } else {
      overrider.settingNamespaces(config.watchNamespaces());
    }
  }

  private static void wakeAll(Engine engine, EventSourceContext<HighlyAvailableApp> caches) {
    if (engine != null && caches != null) {
      caches
          .getPrimaryCache()
          .list(app -> true)
          .map(app -> new AppKey(app.getMetadata().getNamespace(), app.getMetadata().getName()))
          .forEach(engine.cloudEvents()::wake);
    }
  }

  private static boolean healthy(Operator operator) {
    return !operator.getRuntimeInfo().isStarted()
        || operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  private static void stop(
      Leadership leadership,
      Operator operator,
      Engine engine,
      AwsClientFactory aws,
      HttpEndpoint http,
      KubernetesClient client) {
    LoggerFactory.getLogger(Main.class).info("Stopping");
    leadership.stopping();
    operator.stop();
    engine.close();
    leadership.release();
    client.close();
    aws.close();
    http.close();
    engine.tracing().close();
  }
}
