package io.highlyavailable.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Creates many custom resources at once, as somebody with {@code kubectl apply} would. */
final class Creation {
  private Creation() {}

  /** Returns when the API server has taken all of them, with what it answered. */
  static List<HighlyAvailableApp> of(KubernetesClient client, List<HighlyAvailableApp> apps) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HighlyAvailableApp>> created =
          apps.stream().map(app -> executor.submit(() -> client.resource(app).create())).toList();
      return created.stream().map(Creation::result).toList();
    }
  }

  private static HighlyAvailableApp result(Future<HighlyAvailableApp> creation) {
    try {
      return creation.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an app could not be created", e.getCause());
    }
  }
}
