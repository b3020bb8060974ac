package io.highlyavailable.operator.component.appsecret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.BindingNames;
import io.highlyavailable.operator.model.Names;
import io.highlyavailable.operator.model.Sensitive;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment of the app's container on an instance: what a pod would have.
 *
 * @param json its variables as a JSON object, ordered by name
 */
public record Environment(Sensitive json) {
  /** Secrets Manager's largest value. */
  private static final int MOST_BYTES = 65536;

  /** Secrets Manager takes version ids of 32 to 64 characters. */
  private static final int VERSION_LENGTH = 48;

  /** SDKs on an instance would have to ask the metadata service for it; EKS sets it for pods. */
  private static final String REGION = "AWS_REGION";

  /** {@code $(NAME)}, and {@code $$} that stands for a dollar, as in core/v1 EnvVar. */
  private static final Pattern REFERENCE = Pattern.compile("\\$(\\$|\\(([^()]+)\\))");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The environment of an app with these bindings. */
  public static Environment of(App app, Collection<Binding> bindings) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(REGION, app.region());
    bindings.forEach(binding -> bind(variables, app, binding));
    for (EnvVar variable : app.workload().env()) {
      String value = variable.getValue() == null ? "" : variable.getValue();
      variables.put(variable.getName(), expanded(value, variables));
    }
    return new Environment(new Sensitive(json(variables)));
  }

  private static void bind(Map<String, String> variables, App app, Binding binding) {
    String prefix = app.bindings().prefix();
    variables.put(BindingNames.variable(prefix, binding.suffix(), "type"), binding.type());
    binding
        .data()
        .forEach(
            (key, value) ->
                variables.put(BindingNames.variable(prefix, binding.suffix(), key), value.value()));
  }

  /** What refers to nothing stays as it is written, as Kubernetes has it. */
  private static String expanded(String value, Map<String, String> variables) {
    return REFERENCE
        .matcher(value)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(2) == null
                        ? "$"
                        : variables.getOrDefault(found.group(2), found.group())));
  }

  private static String json(Map<String, String> variables) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(variables));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings are JSON", e);
    }
  }

  boolean fits() {
    return json.value().getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  /** The same for the same variables; it tells nothing of them that could be found by trying. */
  public String version() {
    return Names.hash(VERSION_LENGTH, "environment", json.value());
  }
}
