package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BindingNames;
import io.highlyavailable.operator.model.Sensitive;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A password that the operator generated and writes down before it creates what the password opens.
 * It has no owner: it must outlive the app as long as its database is retained. It may change, so
 * it is not immutable.
 */
public final class MasterSecret {
  /** The request for new credentials that a database user's password was made for. */
  static final String ROTATION = "highlyavailable.io/rotation";

  /** The entry that holds it. */
  public static final String KEY = "password";

  private MasterSecret() {}

  /** Name of the Secret for a suffix such as {@code database-master}. */
  public static String name(App app, String suffix) {
    return BindingNames.secret(app.identity().name(), suffix);
  }

  /** The Secret that holds a password; never mounted into pods. */
  public static Secret of(App app, String suffix, Sensitive password) {
    return AppliedHash.stamp(
        new SecretBuilder()
            .withMetadata(AppMetadata.unowned(app, name(app, suffix)))
            .withType("Opaque")
            .withData(Map.of(KEY, BindingSecret.encode(password)))
            .build());
  }

  /**
   * The Secret that holds a database user's password; never mounted into the app's pods.
   *
   * @param rotation the request for new credentials that it is made for; empty for none
   */
  public static Secret ofUser(App app, String suffix, Sensitive password, String rotation) {
    Secret secret =
        new SecretBuilder()
            .withMetadata(AppMetadata.unowned(app, name(app, suffix)))
            .editMetadata()
            .addToAnnotations(ROTATION, rotation)
            .endMetadata()
            .withType("Opaque")
            .withData(Map.of(KEY, BindingSecret.encode(password)))
            .build();
    return AppliedHash.stamp(secret);
  }

  /** The request that a user's password was made for; empty for none. */
  public static String rotation(Secret secret) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(ROTATION, "");
  }

  /** The password that a Secret holds; empty when it holds none, or none that can be read. */
  public static Optional<Sensitive> read(Secret secret) {
    String encoded = secret.getData() == null ? null : secret.getData().get(KEY);
    if (encoded == null || encoded.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      return Optional.of(new Sensitive(new String(decoded, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
