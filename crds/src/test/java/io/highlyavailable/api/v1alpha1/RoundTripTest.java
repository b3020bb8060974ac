package io.highlyavailable.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private final KubernetesSerialization serialization = new KubernetesSerialization();

  static Stream<Path> manifests() {
    return Stream.of(Project.examples(), Project.resources("valid")).flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void recordsKeepEverythingThatAManifestSays(Path file) throws IOException {
    JsonNode written = Project.documents(file).get(0);

    var app = serialization.convertValue(written, HighlyAvailableApp.class);
    JsonNode again = JSON.readTree(serialization.asJson(app));

    assertThat(values(again.get("spec"))).isEqualTo(values(written.get("spec")));
  }

  @Test
  void absentListsAndMapsAreEmpty() {
    var app = serialization.unmarshal("spec: {image: a, aws: {}}", HighlyAvailableApp.class);

    assertThat(app.getSpec().env()).isEmpty();
    assertThat(app.getSpec().aws().tags()).isEmpty();
  }

  @Test
  void unknownFieldsAreIgnored() {
    var app =
        serialization.unmarshal(
            "spec: {image: a, later: {x: 1}}\nstatus: {later: 1}", HighlyAvailableApp.class);

    assertThat(app.getSpec().image()).isEqualTo("a");
  }

  @Test
  void statusKeepsTheFieldsThatItsSchemaRequiresAlsoWhenEmpty() {
    var component =
        new ComponentStatus(
            "database",
            "rds",
            null,
            Ownership.CREATED,
            "",
            false,
            null,
            null,
            null,
            null,
            List.of());

    JsonNode written = JSON.valueToTree(component);
    assertThat(written.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("name", "kind", "ownership", "state", "ready");
  }

  /**
   * Returns the values by path. Empty text is left out, as records do not keep it apart from none;
   * a whole number is the same quantity as its text.
   */
  private static Map<String, String> values(JsonNode node) {
    Map<String, String> values = new TreeMap<>();
    collect("", node, values);
    return values;
  }

  private static void collect(String path, JsonNode node, Map<String, String> values) {
    if (node.isValueNode()) {
      if (!node.asText().isEmpty()) {
        values.put(path, node.asText());
      }
    } else if (node.isEmpty()) {
      values.put(path, node.toString());
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "[" + i + "]", node.get(i), values);
      }
    } else {
      node.properties().forEach(e -> collect(path + "." + e.getKey(), e.getValue(), values));
    }
  }
}
