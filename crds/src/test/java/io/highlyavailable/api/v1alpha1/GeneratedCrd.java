package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The CRD as the build's generator wrote it, with what that cannot say: the order of the printer
 * columns (it sorts them by path), whole numbers as bounds, and nothing that the API server does
 * not store: who compares the file with what is stored, as Argo CD does, would find a difference
 * for ever.
 */
final class GeneratedCrd {

  private static final Path GENERATED =
      Path.of("target/crd/highlyavailableapps.highlyavailable.io-v1.yml");

  private static final String HEADER =
      """
      # Generated from the records in crds/; change those and run
      # mvn -pl crds -am test -Dupdate.generated=true -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false
      """;

  private final ObjectNode tree;

  private GeneratedCrd(ObjectNode tree) {
    this.tree = tree;
  }

  static GeneratedCrd read() {
    ObjectNode tree = (ObjectNode) Project.documents(GENERATED).get(0);
    sortColumns((ObjectNode) tree.at("/spec/versions/0"));
    useWholeNumbers(tree.at("/spec/versions/0/schema"));
    return new GeneratedCrd(tree);
  }

  /** Returns the schema of the whole resource. */
  JsonNode schema() {
    return tree.at("/spec/versions/0/schema/openAPIV3Schema");
  }

  /** Returns the CRD as a file. */
  String toYaml() {
    return write(tree);
  }

  /** Returns the CRD for the chart: uninstalling must not delete all apps along with it. */
  String toChartYaml() {
    ObjectNode kept = tree.deepCopy();
    kept.withObject("/metadata/annotations").put("helm.sh/resource-policy", "keep");
    return write(kept);
  }

  private static String write(JsonNode tree) {
    try {
      return HEADER + Project.YAML.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sortColumns(ObjectNode version) {
    JsonNode columns = version.get("additionalPrinterColumns");
    ArrayNode sorted = version.putArray("additionalPrinterColumns");
    Stream.of(HighlyAvailableApp.class.getAnnotationsByType(AdditionalPrinterColumn.class))
        .forEach(
            declared ->
                columns.forEach(
                    column -> {
                      if (column.path("name").asText().equals(declared.name())) {
                        sorted.add(asStored((ObjectNode) column));
                      }
                    }));
  }

  /** Zero is the same as no priority, and is not stored. */
  private static ObjectNode asStored(ObjectNode column) {
    if (column.path("priority").asInt() == 0) {
      column.remove("priority");
    }
    return column;
  }

  private static void useWholeNumbers(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      for (String bound : new String[] {"minimum", "maximum"}) {
        if (object.path(bound).isNumber()) {
          object.set(bound, LongNode.valueOf(object.get(bound).longValue()));
        }
      }
    }
    schema.forEach(GeneratedCrd::useWholeNumbers);
  }
}
