package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.kubernetes.AppMetadata;
import io.highlyavailable.operator.kubernetes.AppObjects;
import io.highlyavailable.operator.kubernetes.ObjectMatch;
import io.highlyavailable.operator.kubernetes.PodState;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.tracing.Attribute;
import io.highlyavailable.operator.tracing.Tracing;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The apps' Kubernetes objects: read from informers, written by server-side apply under one field
 * manager, and only when something differs.
 */
public final class KubernetesStore {
  private static final Logger log = LoggerFactory.getLogger(KubernetesStore.class);
  private static final String BY_APP = "app";
  private static final String OURS = AppMetadata.MANAGED_BY + "=" + AppMetadata.MANAGER;

  /** A page of this size keeps the first listing's memory small however many apps there are. */
  private static final long PAGE = 500;

  /**
   * A crowd of new apps would have thousands of requests under way, of which an API server on few
   * cores lets the later ones time out.
   */
  private static final int REQUESTS_AT_ONCE = 32;

  private final Semaphore requests = new Semaphore(REQUESTS_AT_ONCE);
  private final KubernetesClient client;
  private final Tracing tracing;
  private final Map<String, InformerEventSource<?, HighlyAvailableApp>> sources =
      new LinkedHashMap<>();

  /**
   * @param client with the operator's own identity
   * @param tracing told of each request
   */
  public KubernetesStore(KubernetesClient client, Tracing tracing) {
    this.client = client;
    this.tracing = tracing;
  }

  /** One informer a kind, limited to objects with our label. */
  public List<EventSource<?, HighlyAvailableApp>> open(
      EventSourceContext<HighlyAvailableApp> context) {
    AppObjects.KINDS.forEach(kind -> sources.put(kind.kind(), source(kind.type(), context)));
    // Only they say in which zones they are, and with which words a Job's program ended.
    sources.put(HasMetadata.getKind(Pod.class), source(Pod.class, context));
    return List.copyOf(sources.values());
  }

  private static <T extends HasMetadata> InformerEventSource<T, HighlyAvailableApp> source(
      Class<T> type, EventSourceContext<HighlyAvailableApp> context) {
    InformerEventSourceConfiguration<T> configuration =
        InformerEventSourceConfiguration.from(type, HighlyAvailableApp.class)
            .withName(type.getSimpleName())
            .withLabelSelector(OURS)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(KubernetesStore::appOf)
            .withInformerListLimit(PAGE)
            .withItemStore(new PrunedStore<>())
            .withOnUpdateFilter(KubernetesStore::news)
            .build();
    InformerEventSource<T, HighlyAvailableApp> source =
        new InformerEventSource<>(configuration, context);
    source.addIndexers(
        Map.of(BY_APP, object -> appOf(object).stream().map(ResourceID::toString).toList()));
    return source;
  }

  /** Kubelets write much of a pod that no app need be woken for. */
  private static boolean news(HasMetadata now, HasMetadata before) {
    return !(now instanceof Pod pod) || !(before instanceof Pod old) || PodState.news(pod, old);
  }

  private static Set<ResourceID> appOf(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    boolean ours = labels != null && AppMetadata.MANAGER.equals(labels.get(AppMetadata.MANAGED_BY));
    String app =
        ours ? labels.getOrDefault(AppMetadata.INSTANCE, labels.get(AppMetadata.APP)) : null;
    return app == null
        ? Set.of()
        : Set.of(new ResourceID(app, object.getMetadata().getNamespace()));
  }

  /** An object of the app's namespace, as last seen or written. */
  public <T extends HasMetadata> Optional<T> get(Class<T> type, AppKey app, String name) {
    return source(type).get(new ResourceID(name, app.namespace()));
  }

  /** Every object that bears the app's labels. */
  public List<HasMetadata> labelled(AppKey app) {
    String key = new ResourceID(app.name(), app.namespace()).toString();
    return sources.values().stream()
        .<HasMetadata>flatMap(source -> source.byIndex(BY_APP, key).stream())
        .toList();
  }

  /** The app's objects of a kind that bear a label. */
  public <T extends HasMetadata> List<T> labelled(
      Class<T> type, AppKey app, String label, String value) {
    String key = new ResourceID(app.name(), app.namespace()).toString();
    return source(type).byIndex(BY_APP, key).stream()
        .filter(object -> value.equals(object.getMetadata().getLabels().get(label)))
        .toList();
  }

  /** Whether {@link #apply(HasMetadata, boolean)} would write, unforced. */
  @SuppressWarnings("unchecked")
  public <T extends HasMetadata> boolean differs(T desired) {
    return source((Class<T>) desired.getClass())
        .get(ResourceID.fromResource(desired))
        .filter(object -> ObjectMatch.holds(desired, object))
        .isEmpty();
  }

  /**
   * Makes an object as desired, unless it is so already.
   *
   * @param force whether to write even then
   * @return whether it was written
   */
  public <T extends HasMetadata> boolean apply(T desired, boolean force) {
    return apply(desired, desired, force);
  }

  /**
   * Makes an object as desired, unless it is so already.
   *
   * @param first what to write instead when the API server itself says that there is none yet
   * @param force whether to write even then
   * @return whether it was written
   */
  @SuppressWarnings("unchecked")
  public <T extends HasMetadata> boolean apply(T desired, T first, boolean force) {
    InformerEventSource<T, HighlyAvailableApp> source = source((Class<T>) desired.getClass());
    ResourceID id = ResourceID.fromResource(desired);
    Optional<T> observed = source.get(id);
    if (!force && observed.filter(object -> ObjectMatch.holds(desired, object)).isPresent()) {
      return false;
    }
    boolean creating = observed.isEmpty() && isFree(desired);
    T written = patch(creating ? first : desired, AppMetadata.MANAGER);
    log.info(
        "{}/{}: {} {} {}",
        id.getNamespace().orElse(""),
        desired.getMetadata().getLabels().get(AppMetadata.INSTANCE),
        creating ? "created" : "changed",
        desired.getKind(),
        id.getName());
    remember(source, id, written, observed);
    return true;
  }

  /**
   * Whether nothing has the name of an object.
   *
   * @throws ForeignObjectException when it is somebody else's: a forced apply takes over whatever
   *     has the name, and what bears no label of ours is not ours
   */
  boolean isFree(HasMetadata desired) {
    HasMetadata there = request("get", desired, () -> client.resource(desired).get());
    if (there != null && appOf(there).isEmpty()) {
      throw new ForeignObjectException(desired);
    }
    return there == null;
  }

  /** An object of the wanted name exists and was made by somebody else. */
  public static final class ForeignObjectException extends RuntimeException {
    ForeignObjectException(HasMetadata desired) {
      super(
          "%s %s exists and is not this app's; it is left untouched"
              .formatted(desired.getKind(), desired.getMetadata().getName()));
    }
  }

  /** Applies an object under another field manager, whatever is there. */
  @SuppressWarnings("unchecked")
  public <T extends HasMetadata> void apply(T desired, String fieldManager) {
    InformerEventSource<T, HighlyAvailableApp> source = source((Class<T>) desired.getClass());
    ResourceID id = ResourceID.fromResource(desired);
    remember(source, id, patch(desired, fieldManager), source.get(id));
  }

  private <T extends HasMetadata> T patch(T desired, String fieldManager) {
    return request(
        "apply", desired, () -> client.resource(desired).patch(serverSideApply(fieldManager)));
  }

  private <T> T request(String verb, HasMetadata object, Supplier<T> call) {
    return tracing.in(
        verb + " " + object.getKind(),
        span -> {
          span.set(Attribute.NAMESPACE, object.getMetadata().getNamespace());
          span.set(Attribute.OBJECT_KIND, object.getKind());
          span.set(Attribute.OBJECT_NAME, object.getMetadata().getName());
          return request(call);
        });
  }

  private <T> T request(Supplier<T> call) {
    requests.acquireUninterruptibly();
    try {
      return call.get();
    } finally {
      requests.release();
    }
  }

  private static PatchContext serverSideApply(String fieldManager) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(fieldManager)
        .withForce(true)
        .build();
  }

  private static <T extends HasMetadata> void remember(
      InformerEventSource<T, HighlyAvailableApp> source,
      ResourceID id,
      T written,
      Optional<T> observed) {
    observed.ifPresentOrElse(
        before -> source.handleRecentResourceUpdate(id, written, before),
        () -> source.handleRecentResourceCreate(id, written));
  }

  /** Creates an object that must not be there yet; fails when it is. */
  @SuppressWarnings("unchecked")
  public <T extends HasMetadata> void create(T object) {
    T written = request("create", object, () -> client.resource(object).create());
    source((Class<T>) object.getClass())
        .handleRecentResourceCreate(ResourceID.fromResource(object), written);
  }

  /** Deletes an object, which stays visible until everything it owns is gone. */
  public void delete(HasMetadata object) {
    if (object.getMetadata().getDeletionTimestamp() == null) {
      request(
          "delete",
          object,
          () ->
              client
                  .resource(object)
                  .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                  .delete());
    }
  }

  /**
   * Asks a pod to go, as a drain of its node does.
   *
   * @return whether it goes; false when the disruption budget does not allow it now
   */
  public boolean evict(Pod pod) {
    return request(
        "evict",
        pod,
        () ->
            client
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .evict());
  }

  @SuppressWarnings("unchecked") // filed under its own type's kind
  private <T extends HasMetadata> InformerEventSource<T, HighlyAvailableApp> source(Class<T> type) {
    return (InformerEventSource<T, HighlyAvailableApp>) sources.get(HasMetadata.getKind(type));
  }

  /** Drops what nobody reads: field ownership is half of an object's memory. */
  private static final class PrunedStore<T extends HasMetadata> extends BasicItemStore<T> {
    PrunedStore() {
      super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public T put(String key, T object) {
      // Who set the replicas of a Deployment decides how they are handed to the autoscaler.
      if (!(object instanceof Deployment)) {
        object.getMetadata().setManagedFields(null);
      }
      if (object instanceof Pod pod) {
        PodState.prune(pod);
      }
      return super.put(key, object);
    }
  }
}
