package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import io.highlyavailable.api.v1alpha1.BindingVariables.BindingVariable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The reference documentation of the resource, rendered from its schema. */
final class ReferencePage {

  private static final String INTRODUCTION =
      """
      # HighlyAvailableApp

      `highlyavailable.io/v1alpha1`, short name `haa`. Generated from the CRD. `kubectl explain haa.spec` shows the same.

      The API server adds the defaults of the table inside blocks that are present. What is meant when a block is absent is said in its
      own line; the operator sees to that, and the stored object does not show it.

      ## Annotations

      | Annotation | Meaning |
      |---|---|
      | `highlyavailable.io/paused` | While `"true"`, nothing is written and the phase is `Paused`. |
      | `highlyavailable.io/reconcile-requested-at` | A new value, such as the current time, forces one full synchronisation. Echoed in `status.lastHandledReconcileAt`. |
      """;

  private final JsonNode schema;

  ReferencePage(JsonNode schema) {
    this.schema = schema;
  }

  String toMarkdown() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append(section("spec", "What is asked for"));
    page.append(variables());
    page.append(rules());
    page.append(section("status", "What was observed"));
    return page.toString();
  }

  private String section(String part, String title) {
    List<String> rows = new ArrayList<>();
    addRows(part, schema.at("/properties/" + part), rows);
    return "\n## "
        + title
        + "\n\n| Field | Type | Default | Range | Meaning |\n|---|---|---|---|---|\n"
        + String.join("\n", rows)
        + "\n";
  }

  private static void addRows(String path, JsonNode parent, List<String> rows) {
    Set<String> required = new LinkedHashSet<>();
    parent.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> property : parent.path("properties").properties()) {
      String childPath = path + "." + property.getKey();
      JsonNode child = property.getValue();
      rows.add(row(childPath, child, required.contains(property.getKey())));
      addRows(childPath, child, rows);
      addRows(childPath + "[]", child.path("items"), rows);
    }
  }

  private static String row(String path, JsonNode field, boolean required) {
    String fallback = required ? "required" : code(field.path("default"));
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            path,
            type(field),
            fallback,
            range(field),
            field.path("description").asText().replace("|", "\\|"));
  }

  private static String code(JsonNode value) {
    return value.isMissingNode() ? "" : "`" + value.asText() + "`";
  }

  private static String type(JsonNode field) {
    if (field.path("x-kubernetes-int-or-string").asBoolean()) {
      return "integer or string";
    }
    if (field.has("additionalProperties")) {
      return "map of " + type(field.get("additionalProperties"));
    }
    if (field.has("items")) {
      return "list of " + type(field.get("items"));
    }
    return field.path("type").asText();
  }

  private static String range(JsonNode field) {
    if (field.has("enum")) {
      return StreamSupport.stream(field.get("enum").spliterator(), false)
          .map(ReferencePage::code)
          .collect(Collectors.joining(", "));
    }
    return bounds(field, "minimum", "maximum", "")
        + bounds(field, "minLength", "maxLength", " characters")
        + bounds(field, "minItems", "maxItems", " items")
        + bounds(field, "minProperties", "maxProperties", " entries");
  }

  private static String bounds(JsonNode field, String least, String most, String unit) {
    if (field.path("x-kubernetes-int-or-string").asBoolean() || !field.has(most)) {
      return field.has(least) && !field.has(most) ? "at least " + field.get(least) : "";
    }
    String highest = field.get(most).asText();
    if (field.path(least).asText().equals(highest)) {
      return highest + unit;
    }
    return field.has(least)
        ? field.get(least) + " to " + highest + unit
        : "up to " + highest + unit;
  }

  private static String variables() {
    return """

        ## Injected variables

        While `spec.bindings.env` is true, each is preceded by `spec.bindings.prefix`.

        | Variable | Secret | Key | Of |
        |---|---|---|---|
        """
        + rows("database", "database.rds", BindingVariables.DATABASE)
        + rows("database", "database.dynamoDb", BindingVariables.TABLE)
        + rows("session-store", "sessionStore", BindingVariables.SESSION_STORE)
        + rows("storage", "storage.s3", BindingVariables.STORAGE);
  }

  private static String rows(String suffix, String block, List<BindingVariable> variables) {
    return variables.stream()
        .map(
            v ->
                "| `%s` | `<name>-%s` | `%s` | `%s` |\n"
                    .formatted(v.name(), suffix, v.secretKey(), block))
        .collect(Collectors.joining());
  }

  private String rules() {
    return "\n## Rules\n\nBeyond types and ranges, the API server refuses what breaks one of these:\n\n"
        + messages(schema).stream().map(m -> "- " + m + "\n").collect(Collectors.joining());
  }

  /** Returns the messages of all validation rules, each once. */
  static Set<String> messages(JsonNode schema) {
    Set<String> messages = new LinkedHashSet<>();
    schema.findValues("x-kubernetes-validations").stream()
        .flatMap(rules -> StreamSupport.stream(rules.spliterator(), false))
        .forEach(rule -> messages.add(rule.get("message").asText()));
    return messages;
  }
}
