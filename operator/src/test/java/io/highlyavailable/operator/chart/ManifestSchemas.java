package io.highlyavailable.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * JSON schemas of everything that an API server serves, made from the OpenAPI document that it
 * publishes, and of our own resource, made from its CRD. A field that no schema names is an error,
 * as it is for {@code kubectl --validate=strict}.
 */
final class ManifestSchemas {
  private static final String DEFINITIONS = "#/definitions/";
  private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  private ManifestSchemas(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes one file for each kind.
   *
   * @param directory an empty one
   */
  static ManifestSchemas write(KubernetesClient client, Path directory) {
    ManifestSchemas schemas = new ManifestSchemas(directory);
    try {
      schemas.writeKubernetes((ObjectNode) JSON.readTree(client.raw("/openapi/v2")));
      schemas.writeOurs(RenderedChart.file("files/crd.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return schemas;
  }

  /** The option {@code -schema-location} of kubeconform that finds them. */
  String location() {
    return directory
        .resolve("{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json")
        .toString();
  }

  private void writeKubernetes(ObjectNode document) throws IOException {
    ObjectNode definitions = (ObjectNode) document.path("definitions");
    ((ObjectNode) definitions.path(QUANTITY)).remove("type");
    close(definitions);
    for (var definition : definitions.properties()) {
      JsonNode kinds = definition.getValue().path("x-kubernetes-group-version-kind");
      // Those of several groups, such as DeleteOptions, are never in a manifest.
      if (kinds.size() == 1) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$ref", DEFINITIONS + definition.getKey());
        schema.set("definitions", reachable(definition.getKey(), definitions));
        JsonNode kind = kinds.get(0);
        write(kind.path("group"), kind.path("version"), kind.path("kind"), schema);
      }
    }
  }

  private void writeOurs(JsonNode definition) throws IOException {
    JsonNode spec = definition.path("spec");
    for (JsonNode version : spec.path("versions")) {
      ObjectNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
      // What the API server takes of any object, which a CRD need not say.
      ObjectNode properties = (ObjectNode) schema.path("properties");
      properties.putObject("apiVersion").put("type", "string");
      properties.putObject("kind").put("type", "string");
      properties.putObject("metadata").put("type", "object");
      close(schema);
      write(spec.path("group"), version.path("name"), spec.at("/names/kind"), schema);
    }
  }

  private void write(JsonNode group, JsonNode version, JsonNode kind, JsonNode schema)
      throws IOException {
    // The core group, which has no name, is called by its version.
    String named = group.asText().isEmpty() ? version.asText() : group.asText();
    String name =
        "%s_%s_%s.json".formatted(named, version.asText(), kind.asText().toLowerCase(Locale.ROOT));
    JSON.writeValue(directory.resolve(name).toFile(), schema);
  }

  /** Lets no object have a field that is not described, and numbers stand where text may. */
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode schema) {
      if (schema.path("properties").isObject()
          && !schema.has("additionalProperties")
          && !schema.has("x-kubernetes-preserve-unknown-fields")) {
        schema.put("additionalProperties", false);
      }
      if (schema.path("format").asText().equals("int-or-string")) {
        schema.remove("type");
      }
    }
    node.forEach(ManifestSchemas::close);
  }

  /** The definitions that one refers to, and those that they do. */
  private static ObjectNode reachable(String root, ObjectNode definitions) {
    ObjectNode found = JSON.createObjectNode();
    Deque<String> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      String name = open.remove();
      if (!found.has(name)) {
        found.set(name, definitions.path(name));
        definitions.path(name).findValuesAsText("$ref").stream()
            .filter(reference -> reference.startsWith(DEFINITIONS))
            .map(reference -> reference.substring(DEFINITIONS.length()))
            .forEach(open::add);
      }
    }
    return found;
  }
}
