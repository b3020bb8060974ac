package io.highlyavailable.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.highlyavailable.operator.aws.AwsClients;
import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Makes the raw client's writes, every one on a virtual thread of its own and without any limit.
 */
final class RawWriter implements AutoCloseable {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(AppMetadata.MANAGER)
          .withForce(true)
          .build();

  /** What the SDK's pool has, less what polls need: a call that finds none soon fails. */
  private static final int CONNECTIONS = 120;

  private final Semaphore connections = new Semaphore(CONNECTIONS);
  private final KubernetesClient client;
  private final Map<ComponentName, Adapter<?, ?>> adapters = new HashMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  RawWriter(KubernetesClient client, List<Module<?, ?, AwsClients>> modules, AwsClients clients) {
    this.client = client;
    modules.forEach(m -> adapters.put(m.component().name(), m.adapter(clients)));
  }

  /** The adapter of a component. */
  Adapter<?, ?> adapter(ComponentName component) {
    Adapter<?, ?> adapter = adapters.get(component);
    if (adapter == null) {
      throw new IllegalArgumentException("no adapter for " + component);
    }
    return adapter;
  }

  /**
   * Begins a write.
   *
   * @param failed is given a task that throws, when the write fails
   */
  void submit(Runnable write, Consumer<Runnable> failed) {
    executor.execute(
        () -> {
          try {
            write.run();
          } catch (RuntimeException e) {
            failed.accept(
                () -> {
                  throw e;
                });
          }
        });
  }

  /** Begins to write objects, all at once. */
  void parallel(List<HasMetadata> objects, Consumer<Runnable> failed) {
    objects.forEach(object -> submit(() -> apply(object), failed));
  }

  /** Writes objects, all at once. */
  void parallelAndWait(List<HasMetadata> objects) {
    CompletableFuture.allOf(
            objects.stream()
                .map(object -> CompletableFuture.runAsync(() -> apply(object), executor))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private void apply(HasMetadata object) {
    client.resource(object).patch(APPLY);
  }

  /** Creates an object. */
  void create(HasMetadata object) {
    client.resource(object).create();
  }

  /** Creates a cloud resource, or adds to it. */
  @SuppressWarnings("unchecked") // the planner made the action from this very component
  <D, R extends CloudResource> R write(ComponentName component, Action<?, ?> action) {
    Adapter<D, R> adapter = (Adapter<D, R>) adapter(component);
    connections.acquireUninterruptibly();
    try {
      return send(adapter, (Action<D, R>) action);
    } finally {
      connections.release();
    }
  }

  private static <D, R extends CloudResource> R send(Adapter<D, R> adapter, Action<D, R> action) {
    return switch (action) {
      case Action.Create<D, R> create -> adapter.create(create.desired(), create.tags());
      case Action.Update<D, R> update ->
          adapter.update(update.actual(), update.desired(), update.changes());
      case Action.Tag<D, R> tag -> throw unexpected(tag);
      case Action.Delete<D, R> delete -> throw unexpected(delete);
    };
  }

  private static IllegalStateException unexpected(Action<?, ?> action) {
    return new IllegalStateException("not expected of a new app: " + action.summary());
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
