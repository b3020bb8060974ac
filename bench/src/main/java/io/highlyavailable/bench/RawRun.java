package io.highlyavailable.bench;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.aws.AwsCatalogue;
import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.database.Database;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancer;
import io.highlyavailable.operator.component.network.Network;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppFactory;
import io.highlyavailable.operator.model.AppOutcome;
import io.highlyavailable.operator.plan.Planner;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The floor: a client that knows that nothing exists, writes what the operator would write with
 * full concurrency, waits only for what must be waited for, and neither checks nor reports.
 */
final class RawRun implements AutoCloseable {
  private static final String ACCOUNT = "raw";
  private static final String IAM_PATH = "/highlyavailableapp/";

  private final Platform platform;
  private final List<Module<?, ?, AwsClients>> modules = AwsCatalogue.modules();
  private final Planner planner =
      new Planner(modules.stream().<Component<?, ?>>map(Module::component).toList());
  private final RawClients aws;
  private final KubernetesClient client;
  private final RawWriter writer;
  private final Map<String, RawApp> apps = new ConcurrentHashMap<>();

  RawRun(Platform platform) {
    this.platform = platform;
    this.aws = new RawClients(platform.aws(), IAM_PATH);
    this.client = clientOfItsOwn(platform);
    this.writer = new RawWriter(client, modules, aws.clients());
  }

  /** A service account, like the operator's, so that the API server treats both alike. */
  private static KubernetesClient clientOfItsOwn(Platform platform) {
    KubernetesClient admin = platform.client();
    admin
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(Platform.NAMESPACE)
                .withName(ACCOUNT)
                .endMetadata()
                .build())
        .create();
    admin
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(ACCOUNT)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject("", "ServiceAccount", ACCOUNT, Platform.NAMESPACE)
                .build())
        .create();
    var kubeconfig = platform.cluster().kubeconfigFor(Platform.NAMESPACE, ACCOUNT);
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  Measurement measure(int count, Duration limit) throws InterruptedException {
    List<HighlyAvailableApp> resources = platform.apps(count);
    AppFactory factory =
        new AppFactory(
            "local",
            client.namespaces().withName("kube-system").get().getMetadata().getUid(),
            AwsEmulator.REGION.id());
    ApiServerAudit.Mark writes = platform.audit().mark();
    long calls = platform.aws().calls().mark();
    try (SharedIndexInformer<Deployment> deployments = deployments();
        SharedIndexInformer<Ingress> ingresses = ingresses();
        SharedIndexInformer<Job> jobs = jobs();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      long begun = System.nanoTime();
      Map<ComponentName, Observation<?>> known = network();
      List<HighlyAvailableApp> created = Creation.of(platform.client(), resources);
      List<Future<?>> running =
          created.stream()
              .map(resource -> start(executor, factory, resource, known))
              .<Future<?>>map(future -> future)
              .toList();
      Future<?> polls = executor.submit(this::poll);
      try {
        await(running, begun + limit.toNanos());
      } finally {
        polls.cancel(true);
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      return Measurement.of(
          "raw",
          count,
          seconds,
          platform
              .audit()
              .since(writes, "system:serviceaccount:" + Platform.NAMESPACE + ":" + ACCOUNT),
          platform.aws().calls().by(RawClients.CALLER).since(calls));
    }
  }

  private Future<?> start(
      ExecutorService executor,
      AppFactory factory,
      HighlyAvailableApp resource,
      Map<ComponentName, Observation<?>> known) {
    if (!(factory.create(resource, platform.namespaceUid()) instanceof AppOutcome.Valid(App app))) {
      throw new IllegalStateException("not valid: " + resource.getMetadata().getName());
    }
    RawApp raw = new RawApp(app, settings(), planner, writer, known);
    apps.put(app.identity().name(), raw);
    return executor.submit(
        () -> {
          raw.run();
          return null;
        });
  }

  private Upstream.Settings settings() {
    return new Upstream.Settings(
        AwsEmulator.ACCOUNT,
        "aws",
        platform.network().vpcId(),
        List.of(platform.network().clusterSecurityGroupId()),
        Platform.OIDC_PROVIDER,
        IAM_PATH,
        "");
  }

  private static void await(List<Future<?>> running, long end) throws InterruptedException {
    try {
      for (Future<?> app : running) {
        app.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the raw client failed", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the raw client's apps are not ready in time", e);
    }
  }

  private SharedIndexInformer<Deployment> deployments() {
    return client
        .apps()
        .deployments()
        .inNamespace(Platform.NAMESPACE)
        .inform(new Changes<>(object -> appOf(object.getMetadata().getName()).seen(object)));
  }

  private SharedIndexInformer<Ingress> ingresses() {
    return client
        .network()
        .v1()
        .ingresses()
        .inNamespace(Platform.NAMESPACE)
        .inform(new Changes<>(object -> appOf(object.getMetadata().getName()).seen(object)));
  }

  private SharedIndexInformer<Job> jobs() {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(Platform.NAMESPACE)
        .inform(
            new Changes<>(
                object ->
                    appOf(object.getMetadata().getLabels().get(AppMetadata.INSTANCE))
                        .seen(object)));
  }

  private RawApp appOf(String name) {
    RawApp app = apps.get(name);
    if (app == null) {
      throw new IllegalStateException("whose is " + name);
    }
    return app;
  }

  /** The cluster's network, which is there before. */
  private Map<ComponentName, Observation<?>> network() {
    ComponentName component = component(Network.class);
    return writer.adapter(component).list().rows().stream()
        .filter(row -> row.name().equals(platform.network().vpcId()))
        .<Map<ComponentName, Observation<?>>>map(
            row -> Map.of(component, new Observation.Present<>(row)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the network is missing"));
  }

  private ComponentName component(Class<? extends CloudResource> type) {
    return planner.catalogue().stream()
        .filter(component -> component.resourceType().equals(type))
        .<ComponentName>map(Component::name)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no component of " + type));
  }

  /** What has no watch is listed for all apps together, once a second. */
  private Void poll() throws InterruptedException {
    while (true) {
      TimeUnit.SECONDS.sleep(1);
      list(component(Database.class));
      list(component(LoadBalancer.class));
    }
  }

  private void list(ComponentName component) {
    Map<String, RawApp> byName = new java.util.HashMap<>();
    var rules =
        planner.catalogue().stream().filter(c -> c.name().equals(component)).findFirst().get();
    for (RawApp app : apps.values()) {
      rules.resourceName(app.app(), settings()).ifPresent(name -> byName.put(name, app));
    }
    for (CloudResource row : writer.adapter(component).list().rows()) {
      RawApp app = byName.get(row.name());
      if (app != null) {
        app.seen(component, row);
      }
    }
  }

  @Override
  public void close() {
    writer.close();
    client.close();
    aws.close();
  }
}
