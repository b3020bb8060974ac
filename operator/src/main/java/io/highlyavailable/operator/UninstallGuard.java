package io.highlyavailable.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether the operator may be uninstalled: not while there are apps, which nobody would look
 * after, and whose deletion would wait for ever for their finalizer to be removed.
 */
final class UninstallGuard {
  /** The argument that makes the operator's image do this instead of running the operator. */
  static final String ARGUMENT = "--guard-uninstall";

  private static final Logger log = LoggerFactory.getLogger(UninstallGuard.class);

  /** Enough to know where to look. */
  private static final int NAMED = 10;

  private final KubernetesClient client;
  private final Collection<String> namespaces;

  /**
   * @param client that may list apps
   * @param namespaces those that the operator watches; empty for all
   */
  UninstallGuard(KubernetesClient client, Collection<String> namespaces) {
    this.client = client;
    this.namespaces = namespaces;
  }

  /**
   * Looks once.
   *
   * @return the exit code: 0 when no app is left, 1 when there are some or nobody can tell
   */
  int run() {
    try {
      List<String> left = apps().toList();
      if (left.isEmpty()) {
        log.info("No app is left");
        return 0;
      }
      log.error(
          "{} HighlyAvailableApps are left: {}{}. Delete them first (kubectl delete haa), or let"
              + " them be as they are, watched by nobody: helm uninstall --no-hooks",
          left.size(),
          left.stream().limit(NAMED).collect(Collectors.joining(", ")),
          left.size() > NAMED ? ", ..." : "");
    } catch (KubernetesClientException e) {
      log.error("Cannot list HighlyAvailableApps: {}", e.getMessage());
    }
    return 1;
  }

  private Stream<String> apps() {
    var apps = client.resources(HighlyAvailableApp.class);
    return namespaces.isEmpty()
        ? names(() -> apps.inAnyNamespace().list().getItems())
        : namespaces.stream().flatMap(it -> names(() -> apps.inNamespace(it).list().getItems()));
  }

  /** Without the CRD there are no apps. */
  private static Stream<String> names(Supplier<List<HighlyAvailableApp>> list) {
    try {
      return list.get().stream()
          .map(app -> app.getMetadata().getNamespace() + "/" + app.getMetadata().getName())
          .sorted();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return Stream.empty();
      }
      throw e;
    }
  }
}
