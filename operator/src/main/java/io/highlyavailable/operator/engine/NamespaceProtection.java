package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppSpec;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancerDesired;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labels the namespaces of apps: those that hold an app whose data is protected, so that the
 * chart's admission policy refuses to delete them, and those that hold one with a load balancer, so
 * that the AWS Load Balancer Controller has pods wait until the load balancer sends them requests.
 * Under a field manager of its own, so that a label that somebody else put there stays.
 */
public final class NamespaceProtection {
  /** On a namespace: {@code true} while it holds an app whose data is protected. */
  public static final String LABEL = "highlyavailable.io/protected";

  /**
   * On a namespace: {@code enabled} while it holds an app behind a load balancer of the AWS Load
   * Balancer Controller, which then gives each new pod a readiness gate. Another value is
   * somebody's decision, and stays.
   *
   * @see <a
   *     href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/">
   *     Pod readiness gate</a>
   */
  public static final String GATE = "elbv2.k8s.aws/pod-readiness-gate-inject";

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
   * @param labels as which it is as it should be
   * @param until when it is looked at again
   */
  private record Known(Map<String, String> labels, Instant until) {}

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

  /** Whether an app's pods are the targets of a load balancer. */
  static boolean balances(HighlyAvailableApp app) {
    HighlyAvailableAppSpec spec = app.getSpec();
    return spec != null
        && app.getMetadata().getDeletionTimestamp() == null
        && spec.ingress() != null
        && (spec.ingress().className() == null
            || spec.ingress().className().equals(LoadBalancerDesired.INGRESS_CLASS))
        && (spec.compute() == null || spec.compute().instances() == null);
  }

  private static Map<String, String> labels(Stream<HighlyAvailableApp> apps) {
    Map<String, String> labels = new TreeMap<>();
    apps.forEach(
        app -> {
          if (protects(app)) {
            labels.put(LABEL, "true");
          }
          if (balances(app)) {
            labels.put(GATE, "enabled");
          }
        });
    return labels;
  }

  /**
   * Makes the labels of an app's namespace as it should be, with one look a namespace and time.
   * What the API server refuses is logged and tried again later: the app itself is not held up.
   */
  public void keep(HighlyAvailableApp app) {
    String namespace = app.getMetadata().getNamespace();
    Map<String, String> least = labels(Stream.of(app));
    if (asKnown(namespace, least)) {
      return;
    }
    ReentrantLock lock = locks.computeIfAbsent(namespace, name -> new ReentrantLock());
    lock.lock();
    try {
      Map<String, String> wanted = new TreeMap<>(others(app));
      wanted.putAll(least);
      if (!asKnown(namespace, wanted)) {
        known.put(namespace, new Known(wanted, clock.instant().plus(write(namespace, wanted))));
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean asKnown(String namespace, Map<String, String> wanted) {
    Known last = known.get(namespace);
    return last != null && last.labels().equals(wanted) && clock.instant().isBefore(last.until());
  }

  private Map<String, String> others(HighlyAvailableApp one) {
    String namespace = one.getMetadata().getNamespace();
    return apps == null
        ? Map.of()
        : labels(
            apps.list(
                app ->
                    namespace.equals(app.getMetadata().getNamespace())
                        && !one.getMetadata().getName().equals(app.getMetadata().getName())));
  }

  /** Returns for how long that is good. */
  private Duration write(String name, Map<String, String> wanted) {
    try {
      Namespace namespace = client.namespaces().withName(name).get();
      if (namespace != null) {
        Set<String> ours = ours(namespace);
        Map<String, String> there = labels(namespace);
        Map<String, String> mine = withoutOthers(wanted, there, ours);
        if (!there.entrySet().containsAll(mine.entrySet()) || !mine.keySet().containsAll(ours)) {
          client.resource(desired(namespace, mine)).patch(serverSideApply());
          log.info("{}: labels are {}", name, mine.isEmpty() ? "taken back" : mine);
        }
      }
      return LOOK_AGAIN;
    } catch (KubernetesClientException e) {
      log.warn("{}: cannot keep labels {}: {}", name, wanted, e.getMessage());
      return AFTER_REFUSAL;
    }
  }

  private static Map<String, String> labels(Namespace namespace) {
    Map<String, String> labels = namespace.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  /** A readiness gate that somebody switched off, or on, is theirs. */
  static Map<String, String> withoutOthers(
      Map<String, String> wanted, Map<String, String> there, Set<String> ours) {
    Map<String, String> mine = new TreeMap<>(wanted);
    boolean theirs = there.containsKey(GATE) && !ours.contains(GATE);
    mine.keySet().removeIf(key -> theirs && key.equals(GATE));
    return mine;
  }

  /** The labels that we have set. */
  static Set<String> ours(Namespace namespace) {
    Set<String> ours = new TreeSet<>();
    namespace.getMetadata().getManagedFields().stream()
        .filter(fields -> FIELD_MANAGER.equals(fields.getManager()))
        .map(fields -> fields.getFieldsV1().getAdditionalProperties().get("f:metadata"))
        .map(metadata -> metadata instanceof Map<?, ?> fields ? fields.get("f:labels") : null)
        .forEach(
            labels -> {
              if (labels instanceof Map<?, ?> fields) {
                fields.keySet().forEach(key -> ours.add(key.toString().replaceFirst("^f:", "")));
              }
            });
    ours.remove(".");
    return ours;
  }

  /** With its UID, so that a successor of the same name is never meant. */
  private static Namespace desired(Namespace namespace, Map<String, String> labels) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(namespace.getMetadata().getName())
        .withUid(namespace.getMetadata().getUid())
        .withLabels(labels)
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
