package io.highlyavailable.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Charts to upgrade from. */
final class PreviousChart {
  /** Fields of the spec that the version before did not have, with defaults and rules of theirs. */
  static final List<String> NEW_FIELDS =
      List.of(
          "rollout",
          "backup",
          "nodeGroup",
          "networkPolicy",
          "availability.rebalance",
          "database.rds.monitoringIntervalSeconds");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private PreviousChart() {}

  /**
   * The first chart that had the CRD, as the repository's history has it: other templates, other
   * rights, and a CRD of half the fields.
   */
  static Path first() {
    return Checkout.find().file("operator/src/test/resources/previous/highlyavailableapp");
  }

  /**
   * The checkout's chart as if {@link #NEW_FIELDS} were not yet invented: one that today's operator
   * works with as well, which it must during an upgrade.
   *
   * @param directory where to write it
   */
  static Path withoutNewFields(Path directory) {
    try (Stream<Path> files = Files.walk(Helm.chart())) {
      for (Path file : files.toList()) {
        Path copy = directory.resolve(Helm.chart().relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
      Path description = directory.resolve("Chart.yaml");
      Files.writeString(
          description,
          Files.readString(description).replaceAll("(?m)^(version|appVersion): .*", "$1: 0.0.9"));
      YAML.writeValue(directory.resolve("files/crd.yaml").toFile(), reduced());
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode reduced() {
    JsonNode crd = RenderedChart.file("files/crd.yaml").deepCopy();
    JsonNode spec = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    NEW_FIELDS.forEach(field -> remove(spec, List.of(field.split("\\."))));
    return crd;
  }

  private static void remove(JsonNode schema, List<String> path) {
    Pattern mention = Pattern.compile("\\." + path.getLast() + "\\b");
    if (schema.path("x-kubernetes-validations") instanceof ArrayNode rules) {
      rules.removeIf(rule -> mention.matcher(rule.path("rule").asText()).find());
      if (rules.isEmpty()) {
        ((ObjectNode) schema).remove("x-kubernetes-validations");
      }
    }
    ObjectNode properties = (ObjectNode) schema.path("properties");
    if (path.size() > 1) {
      remove(properties.path(path.getFirst()), path.subList(1, path.size()));
    } else if (properties.remove(path.getFirst()) == null) {
      throw new IllegalStateException("the CRD has no " + path);
    }
  }
}
