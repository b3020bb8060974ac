package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * UIDs of the namespaces that apps live in. An object cannot outlive its namespace, so the answer
 * for one object's UID never changes, and is asked once.
 */
public final class NamespaceUids {
  private final KubernetesClient client;
  private final Map<String, String> byAppUid = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<String>> asking = new ConcurrentHashMap<>();

  /**
   * @param client with the operator's own identity
   */
  public NamespaceUids(KubernetesClient client) {
    this.client = client;
  }

  /** The UID of the namespace that an app lives in. */
  public String of(HighlyAvailableApp app) {
    String uid = app.getMetadata().getUid();
    String known = byAppUid.get(uid);
    if (known != null) {
      return known;
    }
    String asked = shared(app.getMetadata().getNamespace());
    byAppUid.put(uid, asked);
    return asked;
  }

  /** Many apps of one namespace that are new at once ask once. */
  private String shared(String namespace) {
    CompletableFuture<String> ours = new CompletableFuture<>();
    CompletableFuture<String> earlier = asking.putIfAbsent(namespace, ours);
    if (earlier != null) {
      return earlier.join();
    }
    try {
      ours.complete(of(namespace));
    } catch (RuntimeException e) {
      ours.completeExceptionally(e);
    } finally {
      asking.remove(namespace);
    }
    return ours.join();
  }

  /**
   * The UID of a namespace.
   *
   * @throws IllegalStateException when it does not exist
   */
  public String of(String name) {
    Namespace namespace = client.namespaces().withName(name).get();
    if (namespace == null) {
      throw new IllegalStateException("namespace " + name + " does not exist");
    }
    return namespace.getMetadata().getUid();
  }

  /** The app is gone. */
  public void forget(HighlyAvailableApp app) {
    byAppUid.remove(app.getMetadata().getUid());
  }
}
