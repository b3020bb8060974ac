package io.highlyavailable.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation tells people to write is accepted, and what it links to is there. */
@WithTestbed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsTest {
  private static final Path ROOT = Path.of("..");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```yaml\\n(.*?)^ *```$");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  private final KubernetesClient client;
  private final String namespace;

  DocsTest(KubernetesClient client, TestNamespace namespace) {
    this.client = client;
    this.namespace = namespace.name();
  }

  @BeforeAll
  void installCrd() {
    var crd =
        client
            .getKubernetesSerialization()
            .unmarshal(Project.read(Project.CRD), CustomResourceDefinition.class);
    client.resource(crd).forceConflicts().serverSideApply();
    client
        .resource(crd)
        .waitUntilCondition(
            stored ->
                stored.getStatus() != null
                    && stored.getStatus().getConditions() != null
                    && stored.getStatus().getConditions().stream()
                        .anyMatch(
                            c -> c.getType().equals("Established") && c.getStatus().equals("True")),
            30,
            TimeUnit.SECONDS);
  }

  static Stream<Path> pages() {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> examples = Files.walk(ROOT.resolve("examples"));
        Stream<Path> root = Files.list(ROOT)) {
      return Stream.of(docs, examples, root)
          .flatMap(files -> files)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void showsManifestsThatTheApiServerAccepts(Path page) {
    for (JsonNode manifest : manifests(page)) {
      assertThatCode(
              () ->
                  client
                      .resource(app(manifest))
                      .dryRun()
                      .fieldValidation(Validation.STRICT)
                      .create())
          .as("%s in %s", manifest.at("/metadata/name"), page)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksToFilesThatExist(Path page) {
    Path directory = page.toAbsolutePath().getParent();
    assertThat(LINK.matcher(Project.read(page)).results().map(link -> link.group(1)).distinct())
        .allMatch(target -> Files.exists(directory.resolve(target)), "exists");
  }

  @Test
  void findsTheManifests() {
    assertThat(pages().flatMap(page -> manifests(page).stream())).hasSizeGreaterThanOrEqualTo(9);
  }

  private GenericKubernetesResource app(JsonNode manifest) {
    var app =
        client.getKubernetesSerialization().convertValue(manifest, GenericKubernetesResource.class);
    app.getMetadata().setNamespace(namespace);
    return app;
  }

  private static List<JsonNode> manifests(Path page) {
    return BLOCK
        .matcher(Project.read(page))
        .results()
        .map(block -> parse(page, block.group(1).stripIndent()))
        .filter(document -> document.path("kind").asText().equals("HighlyAvailableApp"))
        .toList();
  }

  private static JsonNode parse(Path page, String text) {
    try {
      return Project.YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(page + " has a YAML block that is none", e);
    }
  }
}
