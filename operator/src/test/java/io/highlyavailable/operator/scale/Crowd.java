package io.highlyavailable.operator.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.alb.LoadBalancerController;
import io.highlyavailable.testbed.aws.AwsEmulator;
import io.highlyavailable.testbed.aws.Call;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.cluster.ApiServerAudit;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * A platform of its own with an operator and a growing number of apps of the quickstart's shape:
 * nobody else's apps are among what is counted.
 */
final class Crowd implements AutoCloseable {
  private static final String NAMESPACE = "scale";
  private static final String CALLER = "operator";

  /** An autoscaler looks every 15 seconds, and the first time it may find no metrics to tell of. */
  private static final Duration AUTOSCALER = Duration.ofSeconds(20);

  private final Testbed testbed = new Testbed();
  private final OperatorSettings settings;
  private final LoadBalancerController loadBalancers;
  private final OperatorProcess operator;
  private final String manifest;
  private int size;

  Crowd(Intervals intervals) throws IOException {
    manifest = Files.readString(Checkout.find().file("examples/quickstart.yaml"));
    settings =
        intervals.in(
            OperatorSettings.local(aws().endpoint())
                .inNetwork(
                    testbed.network().vpcId(), List.of(testbed.network().clusterSecurityGroupId()))
                .with(
                    "HAAPP_OIDC_PROVIDER_ARN",
                    "arn:aws:iam::%s:oidc-provider/oidc.example.com/id/SCALE"
                        .formatted(AwsEmulator.ACCOUNT)));
    loadBalancers =
        LoadBalancerController.start(
            testbed.cluster().kubeconfig(),
            aws().endpoint(),
            AwsEmulator.REGION,
            testbed.network().vpcId(),
            "scale");
    operator = OperatorProcess.start(testbed.cluster(), settings, testbed.logs());
    operator.awaitReady(Duration.ofSeconds(60));
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build();
    testbed.cluster().client().resource(namespace).create();
  }

  AwsEmulator aws() {
    return testbed.aws();
  }

  int size() {
    return size;
  }

  /** Adds apps until there are so many, and returns when all are ready and all is quiet. */
  Duration growTo(int count, Duration limit) {
    long begun = System.nanoTime();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.rangeClosed(size + 1, count).forEach(n -> executor.submit(() -> create(n)));
    }
    size = count;
    await()
        .atMost(limit)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(ready()).as(operator.logTail()).isEqualTo(count));
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    awaitQuiet();
    return took;
  }

  private void create(int number) {
    String name = "shop-" + number;
    HighlyAvailableApp app =
        Serialization.unmarshal(
            manifest.replace("host: shop.", "host: " + name + "."), HighlyAvailableApp.class);
    app.getMetadata().setName(name);
    app.getMetadata().setNamespace(NAMESPACE);
    testbed.cluster().client().resource(app).create();
  }

  private List<HighlyAvailableApp> apps() {
    return testbed
        .cluster()
        .client()
        .resources(HighlyAvailableApp.class)
        .inNamespace(NAMESPACE)
        .list()
        .getItems();
  }

  private long ready() {
    return apps().stream()
        .filter(
            app ->
                app.getStatus() != null
                    && app.getStatus().phase() == Phase.READY
                    && Objects.equals(
                        app.getStatus().observedGeneration(), app.getMetadata().getGeneration()))
        .count();
  }

  private void awaitQuiet() {
    Window[] last = {open()};
    await()
        .atMost(AUTOSCALER.multipliedBy(8))
        .pollDelay(AUTOSCALER)
        .pollInterval(AUTOSCALER)
        .until(
            () -> {
              Window window = last[0];
              last[0] = open();
              return window.writes().isEmpty() && window.mutations().isEmpty();
            });
  }

  /** Name of the app's resource, from the ARN in its status. */
  String resource(int number, String component) {
    String id =
        apps().stream()
            .filter(app -> app.getMetadata().getName().equals("shop-" + number))
            .flatMap(app -> app.getStatus().components().stream())
            .filter(each -> each.name().equals(component))
            .map(each -> each.id())
            .findFirst()
            .orElseThrow();
    return id.substring(id.lastIndexOf(':') + 1);
  }

  /** Begins to count what the operator does. */
  Window open() {
    return new Window(audit().mark(), aws().calls().mark());
  }

  private ApiServerAudit audit() {
    return testbed.cluster().audit().orElseThrow();
  }

  /** What the operator did since it was opened. */
  final class Window {
    private final ApiServerAudit.Mark writes;
    private final long calls;

    private Window(ApiServerAudit.Mark writes, long calls) {
      this.writes = writes;
      this.calls = calls;
    }

    /** Its write requests to the API server. */
    List<ApiServerAudit.Write> writes() {
      return audit().since(writes, settings.user());
    }

    /** Its calls to AWS that may change something. */
    List<Call> mutations() {
      return aws().calls().by(CALLER).mutations(calls);
    }

    /** Its other calls to AWS. */
    List<Call> reads() {
      return aws().calls().by(CALLER).since(calls).stream()
          .filter(call -> !call.mutating())
          .toList();
    }
  }

  @Override
  public void close() {
    operator.close();
    loadBalancers.close();
    testbed.close();
  }
}
