package io.highlyavailable.operator.chart;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The objects that Helm rendered, in an order and format that no version of Helm changes.
 *
 * @param objects every document, by kind, namespace and name
 */
record RenderedChart(List<JsonNode> objects) {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

  RenderedChart {
    objects = objects.stream().sorted(Comparator.comparing(RenderedChart::key)).toList();
  }

  static RenderedChart parse(String text) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
      return new RenderedChart(documents.readAll().stream().filter(JsonNode::isObject).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A YAML document of any shape. */
  static JsonNode parseOne(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only object of a kind. */
  JsonNode only(String kind) {
    List<JsonNode> found = ofKind(kind);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects of kind " + kind);
    }
    return found.getFirst();
  }

  List<JsonNode> ofKind(String kind) {
    return objects.stream().filter(o -> o.path("kind").asText().equals(kind)).toList();
  }

  /** The environment of the operator's container; a reference to a field counts as {@code null}. */
  Map<String, JsonNode> environment() {
    return container()
        .path("env")
        .valueStream()
        .collect(Collectors.toMap(v -> v.path("name").asText(), v -> v.path("value")));
  }

  /** The operator's container. */
  JsonNode container() {
    return only("Deployment").at("/spec/template/spec/containers/0");
  }

  /**
   * All but what is in files of its own: the CRD is left out, and rules are named by their file.
   */
  String withoutFiles() {
    return objects.stream()
        .filter(o -> !o.path("kind").asText().equals("CustomResourceDefinition"))
        .map(RenderedChart::withRulesByName)
        .map(RenderedChart::withMonitoringByName)
        .map(RenderedChart::write)
        .collect(Collectors.joining("---\n"));
  }

  private static JsonNode withRulesByName(JsonNode object) {
    for (String name : List.of("rules.yaml", "leader-rules.yaml")) {
      if (object.path("rules").equals(file("files/" + name))) {
        return ((ObjectNode) object.deepCopy()).put("rules", "files/" + name);
      }
    }
    return object;
  }

  /** What is in files of its own is named only, once it is known to be the same. */
  private static JsonNode withMonitoringByName(JsonNode object) {
    ObjectNode copy = object.deepCopy();
    if (object.path("spec").equals(file("files/alerts.yaml"))) {
      return copy.put("spec", "files/alerts.yaml");
    }
    JsonNode dashboard = object.at("/data/highlyavailableapp.json");
    if (dashboard.isTextual()
        && parseOne(dashboard.asText()).equals(file("files/grafana-dashboard.json"))) {
      ((ObjectNode) copy.path("data"))
          .put("highlyavailableapp.json", "files/grafana-dashboard.json");
    }
    return copy;
  }

  /** A YAML or JSON file of the chart. */
  static JsonNode file(String name) {
    try {
      return parseOne(Files.readString(Helm.chart().resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(JsonNode object) {
    try {
      return YAML.writeValueAsString(
          YAML.convertValue(object, new TypeReference<Map<String, Object>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(JsonNode object) {
    return object.path("kind").asText()
        + "/"
        + object.at("/metadata/namespace").asText()
        + "/"
        + object.at("/metadata/name").asText();
  }
}
