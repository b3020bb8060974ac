package io.highlyavailable.testbed.cluster;

import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.highlyavailable.testbed.process.Port;
import io.highlyavailable.testbed.process.Supervised;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The real metrics-server behind the native cluster's API server. What pods use is simulated: KWOK
 * reports what their annotations say.
 */
public final class MetricsServer implements AutoCloseable {
  /** Annotation of a pod: the CPU that each of its containers uses, such as {@code 500m}. */
  public static final String CPU = "kwok.x-k8s.io/usage-cpu";

  /** Annotation of a pod: the memory that each of its containers uses, such as {@code 512Mi}. */
  public static final String MEMORY = "kwok.x-k8s.io/usage-memory";

  /** Several times what it takes on a busy machine. */
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private static final String NAMESPACE = "kube-system";

  private final Supervised process;
  private final KubernetesClient client;
  private final List<HasMetadata> objects;

  private MetricsServer(Supervised process, KubernetesClient client, List<HasMetadata> objects) {
    this.process = process;
    this.client = client;
    this.objects = objects;
  }

  static MetricsServer start(Path program, NativeFiles files, Path logs, KubernetesClient client) {
    try (Port port = Port.reserve()) {
      Supervised process =
          Supervised.start(NativeCommands.metricsServer(program, files, logs, port.number()));
      List<HasMetadata> objects = List.of(service(), apiService(port.number()));
      MetricsServer server = new MetricsServer(process, client, objects);
      try {
        objects.forEach(object -> client.resource(object).serverSideApply());
        new Await(START_LIMIT, List.of(process)).until("the metrics API", server::answers);
        return server;
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    }
  }

  /** A name for this machine: there is no network between the API server and Services. */
  private static HasMetadata service() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(NativeFiles.METRICS_SERVER)
        .withNamespace(NAMESPACE)
        .endMetadata()
        .withNewSpec()
        .withType("ExternalName")
        .withExternalName("localhost")
        .endSpec()
        .build();
  }

  private static HasMetadata apiService(int port) {
    return new APIServiceBuilder()
        .withNewMetadata()
        .withName("v1beta1.metrics.k8s.io")
        .endMetadata()
        .withNewSpec()
        .withGroup("metrics.k8s.io")
        .withVersion("v1beta1")
        .withGroupPriorityMinimum(100)
        .withVersionPriority(100)
        // Its certificate is made at its start, as in its own manifests.
        .withInsecureSkipTLSVerify(true)
        .withNewService(NativeFiles.METRICS_SERVER, NAMESPACE, port)
        .endSpec()
        .build();
  }

  /** There may be nothing to answer yet: a node without pods uses nothing that KWOK would tell. */
  private boolean answers() {
    try {
      return client.top().nodes().metrics() != null;
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  /** Ends it, and the cluster has no metrics again. */
  @Override
  public void close() {
    objects.forEach(object -> client.resource(object).delete());
    process.close();
  }
}
