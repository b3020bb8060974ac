package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BindingNames;
import io.highlyavailable.operator.model.Sensitive;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** What an app needs to reach a component, in the shape of the Service Binding specification. */
public final class BindingSecret {
  /** What stands behind the data; see {@link Binding#source}. */
  public static final String SOURCE = "highlyavailable.io/source";

  private BindingSecret() {}

  static Secret of(App app, Binding binding) {
    Map<String, String> data = new TreeMap<>();
    binding.data().forEach((key, value) -> data.put(key, encode(value)));
    data.put("type", encode(new Sensitive(binding.type())));
    SecretBuilder secret =
        new SecretBuilder()
            .withMetadata(AppMetadata.named(app, name(app, binding)))
            .withType("servicebinding.io/" + binding.type())
            .withData(data);
    if (!binding.source().isEmpty()) {
      secret.editMetadata().addToAnnotations(SOURCE, binding.source()).endMetadata();
    }
    return secret.build();
  }

  static String name(App app, Binding binding) {
    return BindingNames.secret(app.identity().name(), binding.suffix());
  }

  static String encode(Sensitive value) {
    return Base64.getEncoder().encodeToString(value.value().getBytes(StandardCharsets.UTF_8));
  }
}
