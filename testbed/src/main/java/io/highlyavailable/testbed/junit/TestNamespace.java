package io.highlyavailable.testbed.junit;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A namespace of one test's own, removed after it without waiting for its end.
 *
 * @param name its name, unique among all runs
 * @param uid its UID
 */
public record TestNamespace(String name, String uid) {

  /** Leaves room for the suffix within the 63 characters of a name. */
  private static final int LONGEST_PREFIX = 40;

  /**
   * Creates a namespace.
   *
   * @param prefix any text, of which the name shows what a name may hold
   */
  public static TestNamespace create(KubernetesClient client, String prefix) {
    String name =
        slug(prefix) + "-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 31), 36);
    var created =
        client
            .namespaces()
            .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
            .create();
    return new TestNamespace(name, created.getMetadata().getUid());
  }

  /**
   * Asks for its deletion, and returns before that is done: finalizers may need an operator that is
   * gone.
   */
  public void delete(KubernetesClient client) {
    client.namespaces().withName(name).delete();
  }

  private static String slug(String text) {
    String slug =
        text.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String cut = slug.substring(0, Math.min(slug.length(), LONGEST_PREFIX)).replaceAll("-$", "");
    return cut.isEmpty() ? "test" : cut;
  }
}
