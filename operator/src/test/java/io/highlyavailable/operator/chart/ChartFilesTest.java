package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartFilesTest {
  private static final Pattern PROJECT_VERSION =
      Pattern.compile("<artifactId>highlyavailableapp</artifactId>\\s*<version>([^<]+)</version>");

  @Test
  void hasTheVersionOfTheMavenProject() throws IOException {
    Matcher pom = PROJECT_VERSION.matcher(Files.readString(Checkout.find().file("pom.xml")));
    assertThat(pom.find()).isTrue();
    JsonNode chart = RenderedChart.file("Chart.yaml");
    assertThat(chart.path("version").asText()).isEqualTo(pom.group(1));
    assertThat(chart.path("appVersion").asText()).isEqualTo(pom.group(1));
  }

  @Test
  void repeatsTheVersionInEveryModule() throws IOException {
    String version = RenderedChart.file("Chart.yaml").path("version").asText();
    for (String module : List.of("testbed", "crds", "operator", "bench", "examples/web-app")) {
      Matcher parent =
          PROJECT_VERSION.matcher(Files.readString(Checkout.find().file(module + "/pom.xml")));
      assertThat(parent.find()).as(module).isTrue();
      assertThat(parent.group(1)).as(module).isEqualTo(version);
    }
  }

  @Test
  void describesEveryValueInTheSchemaAndGivesEveryOneADefault() {
    List<String> values = names(RenderedChart.file("values.yaml"));
    List<String> schema =
        new ArrayList<>(names(RenderedChart.file("values.schema.json").path("properties")));
    schema.remove("global");
    assertThat(values).containsExactlyInAnyOrderElementsOf(schema);
  }

  @Test
  void describesEveryNestedValueInTheSchemaToo() {
    JsonNode properties = RenderedChart.file("values.schema.json").path("properties");
    RenderedChart.file("values.yaml")
        .propertyStream()
        .filter(value -> !properties.at("/" + value.getKey() + "/properties").isMissingNode())
        .forEach(
            value ->
                assertThat(names(value.getValue()))
                    .as(value.getKey())
                    .containsExactlyInAnyOrderElementsOf(
                        names(properties.at("/" + value.getKey() + "/properties"))));
  }

  @Test
  void explainsEveryTopLevelValueOrItsMembers() throws IOException {
    String text = Files.readString(Helm.chart().resolve("values.yaml"));
    for (String name :
        List.of("clusterId", "watchNamespaces", "approvedFormerOwners", "replicas", "extraEnv")) {
      assertThat(text).containsPattern("#[^\n]+\n" + name + ":");
    }
  }

  @Test
  void grantsNoWildcardAndNothingThatWouldLetTheOperatorRaiseItsRights() {
    for (String name : List.of("files/rules.yaml", "files/leader-rules.yaml")) {
      for (JsonNode rule : RenderedChart.file(name)) {
        assertThat(texts(rule, "apiGroups")).doesNotContain("*", "rbac.authorization.k8s.io");
        assertThat(texts(rule, "resources")).isNotEmpty().noneMatch(r -> r.contains("*"));
        assertThat(texts(rule, "verbs"))
            .isNotEmpty()
            .doesNotContain("*", "deletecollection", "impersonate", "escalate", "bind");
      }
    }
  }

  private static List<String> texts(JsonNode rule, String field) {
    return rule.path(field).valueStream().map(JsonNode::asText).toList();
  }

  private static List<String> names(JsonNode object) {
    return object.propertyStream().map(java.util.Map.Entry::getKey).toList();
  }
}
