package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.UserSlot;
import io.highlyavailable.operator.kubernetes.BindingSecret;
import io.highlyavailable.operator.kubernetes.MasterSecret;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BindingNames;
import io.highlyavailable.operator.model.Sensitive;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Generated passwords, and what pods were given before, as Kubernetes holds them. */
public final class Secrets {
  /** Letters and digits only: every engine, URI and shell takes them as they are. */
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final KubernetesStore store;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param store the objects
   */
  public Secrets(KubernetesStore store) {
    this.store = store;
  }

  /** Generated secrets that exist, by suffix. */
  public Map<String, Sensitive> generated(App app, List<Component<?, ?>> catalogue) {
    Map<String, Sensitive> found = new HashMap<>();
    for (String suffix : suffixes(app, catalogue)) {
      store
          .get(Secret.class, app.key(), MasterSecret.name(app, suffix))
          .flatMap(MasterSecret::read)
          .ifPresent(password -> found.put(suffix, password));
    }
    return found;
  }

  /** Bindings whose Secrets exist, by suffix. */
  public Map<String, Binding> bound(App app, List<Component<?, ?>> catalogue) {
    return catalogue.stream()
        .flatMap(component -> component.bindingSuffix().stream())
        .distinct()
        .flatMap(suffix -> bound(app, suffix).stream())
        .collect(Collectors.toMap(Binding::suffix, binding -> binding));
  }

  private Optional<Binding> bound(App app, String suffix) {
    String name = BindingNames.secret(app.identity().name(), suffix);
    return store
        .get(Secret.class, app.key(), name)
        .filter(secret -> secret.getData() != null && secret.getData().containsKey("type"))
        .map(secret -> binding(suffix, secret.getData(), source(secret)));
  }

  private static Binding binding(String suffix, Map<String, String> data, String source) {
    Map<String, Sensitive> entries = new TreeMap<>();
    data.forEach((key, value) -> entries.put(key, decode(value)));
    Sensitive type = entries.remove("type");
    return new Binding(suffix, type.value(), entries, source);
  }

  private static String source(Secret secret) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(BindingSecret.SOURCE, "");
  }

  private static Sensitive decode(String value) {
    return new Sensitive(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
  }

  /**
   * Generates what does not exist, each written down before anything can use it.
   *
   * @param lengths suffix to length
   * @return what was refused; what needs it waits, and the rest goes on
   */
  public Workload.Applied generate(App app, Map<String, Integer> lengths) {
    Map<String, String> errors = new LinkedHashMap<>();
    lengths.forEach(
        (suffix, length) -> {
          Sensitive password = new Sensitive(password(length));
          Secret secret =
              UserSlot.of(suffix).isPresent()
                  ? MasterSecret.ofUser(app, suffix, password, app.bindings().rotation())
                  : MasterSecret.of(app, suffix, password);
          Workload.attempt(secret, errors, () -> create(secret));
        });
    return new Workload.Applied(errors);
  }

  private void create(Secret secret) {
    try {
      store.create(secret);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Somebody was faster, or the cache is behind: the one that is there is the right one, unless
      // it is not ours; then it would never show, and be waited for in vain.
      store.isFree(secret);
    }
  }

  String password(int length) {
    return random
        .ints(length, 0, ALPHABET.length())
        .mapToObj(index -> String.valueOf(ALPHABET.charAt(index)))
        .collect(Collectors.joining());
  }

  /** Deletes the generated secrets of a component whose resource is gone for good. */
  public void forget(App app, Component<?, ?> component) {
    for (String suffix : component.generatedSecrets(app).lengths().keySet()) {
      store.get(Secret.class, app.key(), MasterSecret.name(app, suffix)).ifPresent(store::delete);
    }
  }

  private static List<String> suffixes(App app, List<Component<?, ?>> catalogue) {
    return catalogue.stream()
        .flatMap(component -> component.generatedSecrets(app).lengths().keySet().stream())
        .distinct()
        .toList();
  }
}
