package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labels the namespaces that hold an app whose data is protected, so that the chart's admission
 * policy refuses to delete them. Under a field manager of its own, so that a label that somebody
 * else put there stays.
 */
public final class NamespaceProtection {
  /** On a namespace: {@code true} while it holds an app whose data is protected. */
  public static final String LABEL = "highlyavailable.io/protected";

  static final String FIELD_MANAGER = "highlyavailableapp-protection";

  private static final Logger log = LoggerFactory.getLogger(NamespaceProtection.class);

  /** A label that somebody took away comes back with the resynchronisation of an app. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(9);

  /** A refused patch is a matter of rights, which a person has to mend. */
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private @Nullable Cache<HighlyAvailableApp> apps;

  /**
   * What is known of a namespace.
   *
   * @param labelled whether it is as it should be for this
   * @param until when it is looked at again
   */
  private record Known(boolean labelled, Instant until) {}

  /**
   * @param client with the operator's own identity
   * @param clock the time
   */
  public NamespaceProtection(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Takes the cache of all apps, before the first of them is reconciled. */
  public void open(Cache<HighlyAvailableApp> cache) {
    apps = cache;
  }

  /** Whether an app's data is to survive every deletion. */
  static boolean protects(HighlyAvailableApp app) {
    HighlyAvailableAppSpec spec = app.getSpec();
    return spec != null
        && app.getMetadata().getDeletionTimestamp() == null
        && !Boolean.FALSE.equals(spec.deletionProtection())
        && (spec.database() != null || spec.sessionStore() != null || spec.storage() != null);
  }

  /**
   * Makes the label of an app's namespace as it should be, with one look a namespace and time. What
   * the API server refuses is logged and tried again later: the app itself is not held up.
   */
  public void keep(HighlyAvailableApp app) {
    String namespace = app.getMetadata().getNamespace();
    boolean protects = protects(app);
    if (asKnown(namespace, protects)) {
      return;
    }
    ReentrantLock lock = locks.computeIfAbsent(namespace, name -> new ReentrantLock());
    lock.lock();
    try {
      boolean wanted = protects || othersProtect(namespace);
      if (!asKnown(namespace, wanted)) {
        known.put(namespace, new Known(wanted, clock.instant().plus(write(namespace, wanted))));
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean asKnown(String namespace, boolean wanted) {
    Known last = known.get(namespace);
    return last != null && last.labelled() == wanted && clock.instant().isBefore(last.until());
  }

  private boolean othersProtect(String namespace) {
    return apps != null
        && apps.list(app -> namespace.equals(app.getMetadata().getNamespace()) && protects(app))
            .findAny()
            .isPresent();
  }

  /** Returns for how long that is good. */
  private Duration write(String name, boolean wanted) {
    try {
      Namespace namespace = client.namespaces().withName(name).get();
      if (namespace != null && (wanted ? !labelled(namespace) : ours(namespace))) {
        client.resource(desired(namespace, wanted)).patch(serverSideApply());
        log.info("{}: {} label {}", name, wanted ? "set" : "removed", LABEL);
      }
      return LOOK_AGAIN;
    } catch (KubernetesClientException e) {
      log.warn("{}: cannot keep label {}: {}", name, LABEL, e.getMessage());
      return AFTER_REFUSAL;
    }
  }

  private static boolean labelled(Namespace namespace) {
    Map<String, String> labels = namespace.getMetadata().getLabels();
    return labels != null && "true".equals(labels.get(LABEL));
  }

  private static boolean ours(Namespace namespace) {
    return namespace.getMetadata().getManagedFields().stream()
        .anyMatch(fields -> FIELD_MANAGER.equals(fields.getManager()));
  }

  /** With its UID, so that a successor of the same name is never meant. */
  private static Namespace desired(Namespace namespace, boolean labelled) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(namespace.getMetadata().getName())
        .withUid(namespace.getMetadata().getUid())
        .withLabels(labelled ? Map.of(LABEL, "true") : Map.of())
        .endMetadata()
        .build();
  }

  private static PatchContext serverSideApply() {
    return new PatchContext.Builder()
        .withPatchType(PatchType.SERVER_SIDE_APPLY)
        .withFieldManager(FIELD_MANAGER)
        .withForce(true)
        .build();
  }
}
