package io.highlyavailable.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTest {

  private final JsonNode schema = GeneratedCrd.read().schema();

  @Test
  void everyFieldHasADescription() {
    List<String> without = new ArrayList<>();
    visit(
        "",
        schema,
        (path, field) -> {
          boolean named = !path.isEmpty() && !path.endsWith("[]") && !path.endsWith("{}");
          if (named && field.path("description").asText().isBlank()) {
            without.add(path);
          }
        });
    assertThat(without).isEmpty();
  }

  @Test
  void everyStringListMapAndNumberOfTheSpecIsBounded() {
    List<String> unbounded = new ArrayList<>();
    visit(
        "spec",
        schema.at("/properties/spec"),
        (path, field) -> {
          String bound = boundOf(field);
          if (!bound.isEmpty() && !field.has(bound)) {
            unbounded.add(path + " has no " + bound);
          }
        });
    assertThat(unbounded).isEmpty();
  }

  @Test
  void everyListSaysHowItIsMerged() {
    List<String> without = new ArrayList<>();
    visit(
        "",
        schema,
        (path, field) -> {
          if (field.has("items") && !field.has("x-kubernetes-list-type")) {
            without.add(path);
          }
        });
    assertThat(without).isEmpty();
  }

  @Test
  void specHasNoDefaultForAWholeBlock() {
    List<String> blocks = new ArrayList<>();
    visit(
        "spec",
        schema.at("/properties/spec"),
        (path, field) -> {
          if (field.path("default").isContainerNode()) {
            blocks.add(path);
          }
        });
    assertThat(blocks).isEmpty();
  }

  @Test
  void everyRuleHasAManifestThatBreaksIt() {
    Set<String> expected =
        Stream.of("invalid", "transitions")
            .flatMap(directory -> Project.resources(directory).stream())
            .map(Project::expectation)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(ReferencePage.messages(schema))
        .allSatisfy(message -> assertThat(expected).anyMatch(message::contains));
  }

  @Test
  void fullExampleShowsEveryField() {
    String example = Project.read(Project.EXAMPLES.resolve("full.yaml"));
    // In a list of a core type, an example of each field would teach nothing.
    Set<String> ofCoreTypes = Set.of("env", "envFrom", "resources", "probes", "podTemplate");
    List<String> missing = new ArrayList<>();
    visit(
        "",
        schema.at("/properties/spec"),
        (path, field) -> {
          String[] names = path.split("\\.");
          String name = names[names.length - 1];
          boolean own =
              Arrays.stream(names)
                  .limit(names.length - 1)
                  .noneMatch(part -> ofCoreTypes.contains(part.replace("[]", "")));
          if (own
              && !name.isEmpty()
              && !name.matches(".*(\\[]|\\{})")
              && !example.contains(name + ":")) {
            missing.add(path);
          }
        });
    assertThat(missing).isEmpty();
  }

  @Test
  void rulesNameEveryInjectedVariable() {
    BindingVariables.DATABASE.forEach(
        variable ->
            assertThat(BindingVariables.DATABASE_RULE).contains("'" + variable.name() + "'"));
    BindingVariables.TABLE.forEach(
        variable -> assertThat(BindingVariables.TABLE_RULE).contains("'" + variable.name() + "'"));
    BindingVariables.SESSION_STORE.forEach(
        variable ->
            assertThat(BindingVariables.SESSION_STORE_RULE).contains("'" + variable.name() + "'"));
    BindingVariables.STORAGE.forEach(
        variable ->
            assertThat(BindingVariables.STORAGE_RULE).contains("'" + variable.name() + "'"));
  }

  private static String boundOf(JsonNode field) {
    if (field.has("enum")) {
      return "";
    }
    if (field.has("additionalProperties")) {
      return "maxProperties";
    }
    if (field.path("x-kubernetes-int-or-string").asBoolean()) {
      return "maxLength";
    }
    return switch (field.path("type").asText()) {
      case "string" -> "maxLength";
      case "integer", "number" -> "maximum";
      case "array" -> "maxItems";
      default -> "";
    };
  }

  private static void visit(String path, JsonNode field, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(path, field);
    for (Map.Entry<String, JsonNode> property : field.path("properties").properties()) {
      visit(path + "." + property.getKey(), property.getValue(), visitor);
    }
    if (field.has("items")) {
      visit(path + "[]", field.get("items"), visitor);
    }
    if (field.has("additionalProperties")) {
      visit(path + "{}", field.get("additionalProperties"), visitor);
    }
  }
}
