package io.highlyavailable.bench;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.alb.LoadBalancerController;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import io.highlyavailable.testbed.cluster.Cluster;
import io.highlyavailable.testbed.network.Network;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import io.highlyavailable.testbed.process.Supervised;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A local platform that nothing has run on yet: control plane, AWS emulator with its network, the
 * load balancer controller's stand-in, and the operator, prepared and not started.
 */
final class Platform implements AutoCloseable {
  /** Where the apps are. */
  static final String NAMESPACE = "bench";

  /** As in the examples: the emulator has no OIDC provider, and IAM does not ask for one. */
  static final String OIDC_PROVIDER =
      "arn:aws:iam::" + AwsEmulator.ACCOUNT + ":oidc-provider/oidc.example.com/id/LOCAL";

  /** What the tests shorten and a measurement must not. */
  private static final List<String> PRODUCTION_DEFAULTS =
      List.of("HAAPP_POLL_FAST", "HAAPP_POLL_SLOW", "HAAPP_AUDIT_INTERVAL", "HAAPP_SETTLE_WINDOW");

  private final Testbed testbed = new Testbed();
  private final Network network;
  private final String namespaceUid;
  private final LoadBalancerController loadBalancers;
  private final OperatorSettings settings;
  private final OperatorProcess operator;

  /**
   * Starts everything but the operator, whose CRD and identity are installed.
   *
   * @param databaseCreation how long a database instance is being created
   */
  Platform(Duration databaseCreation) {
    network = testbed.network();
    aws().transitions().rds(databaseCreation, Duration.ZERO, Duration.ZERO);
    settings = production(aws(), network);
    operator =
        OperatorProcess.create(
            cluster(),
            settings,
            testbed.logs(),
            Supervised::start,
            image().resolve("operator.jar"));
    namespaceUid = namespace(client());
    loadBalancers =
        LoadBalancerController.start(
            cluster().kubeconfig(), aws().endpoint(), AwsEmulator.REGION, network.vpcId(), "local");
  }

  /** What the operator's image holds, made by {@code bench/run.sh}. */
  private static Path image() {
    return Checkout.find().file("bench/target/image");
  }

  /** The operator's settings with the JVM and the intervals that it has in production. */
  private static OperatorSettings production(AwsEmulator aws, Network network) {
    OperatorSettings settings =
        OperatorSettings.local(aws.endpoint())
            .inNetwork(network.vpcId(), List.of(network.clusterSecurityGroupId()))
            .with("HAAPP_OIDC_PROVIDER_ARN", OIDC_PROVIDER)
            .withJavaOptions(
                "@" + image().resolve("java.options"),
                // What the chart's memory limit leaves to the heap.
                "-Xmx332m",
                "-XX:AOTCache=" + image().resolve("operator.aot"));
    for (String variable : PRODUCTION_DEFAULTS) {
      settings = settings.with(variable, "");
    }
    return settings;
  }

  private static String namespace(KubernetesClient client) {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build();
    return client.namespaces().resource(namespace).create().getMetadata().getUid();
  }

  /** Real control plane, fake nodes. */
  Cluster cluster() {
    return testbed.cluster();
  }

  /** A client of an administrator. */
  KubernetesClient client() {
    return cluster().client();
  }

  /** The emulator. */
  AwsEmulator aws() {
    return testbed.aws();
  }

  /** The cluster's network. */
  Network network() {
    return network;
  }

  /** UID of {@link #NAMESPACE}. */
  String namespaceUid() {
    return namespaceUid;
  }

  /** The operator, not started yet. */
  OperatorProcess operator() {
    return operator;
  }

  /** The name by which the API server knows the operator. */
  String operatorUser() {
    return settings.user();
  }

  /** The API server's record of writes. */
  ApiServerAudit audit() {
    return cluster()
        .audit()
        .orElseThrow(() -> new IllegalStateException("needs the native cluster"));
  }

  /** Apps of the quickstart's shape, each with a host of its own. */
  List<HighlyAvailableApp> apps(int count) {
    String manifest = read(Checkout.find().file("examples/quickstart.yaml"));
    return IntStream.rangeClosed(1, count).mapToObj(number -> app(manifest, number)).toList();
  }

  private static HighlyAvailableApp app(String manifest, int number) {
    String name = "shop-" + number;
    HighlyAvailableApp app =
        Serialization.unmarshal(
            manifest.replace("host: shop.", "host: " + name + "."), HighlyAvailableApp.class);
    app.getMetadata().setName(name);
    app.getMetadata().setNamespace(NAMESPACE);
    return app;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    operator.close();
    loadBalancers.close();
    testbed.close();
  }
}
