package io.highlyavailable.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What we ship for Argo CD and Flux, under the CRDs that those bring, as the API server judges it:
 * each field is known, and each value allowed.
 */
@WithTestbed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KubernetesClient client;
  private final String namespace;
  private final Toolchain toolchain;
  private final List<CustomResourceDefinition> installed = new ArrayList<>();

  ExamplesIT(KubernetesClient client, TestNamespace namespace, Toolchain toolchain) {
    this.client = client;
    this.namespace = namespace.name();
    this.toolchain = toolchain;
  }

  @BeforeAll
  void installCrds() throws IOException {
    List<Path> files =
        Stream.concat(
                toolchain.gitOps().argoCdCrds().stream(), toolchain.gitOps().fluxCrds().stream())
            .toList();
    for (Path file : files) {
      CustomResourceDefinition definition =
          Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
      installed.add(client.resource(definition).forceConflicts().serverSideApply());
    }
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              for (CustomResourceDefinition definition : installed) {
                assertThat(client.raw(path(definition))).isNotNull();
              }
            });
  }

  private static String path(CustomResourceDefinition definition) {
    return "/apis/%s/%s/%s"
        .formatted(
            definition.getSpec().getGroup(),
            definition.getSpec().getVersions().getFirst().getName(),
            definition.getSpec().getNames().getPlural());
  }

  @AfterAll
  void removeCrds() {
    installed.forEach(definition -> client.resource(definition).delete());
  }

  static List<Path> manifests() {
    return ShippedFiles.manifests();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void everyExampleIsWhatArgoCdOrFluxTakes(Path file) throws IOException {
    assertThat(ShippedFiles.documents(Files.readString(file)))
        .isNotEmpty()
        .allSatisfy(document -> assertThatCode(() -> dryRun(document)).doesNotThrowAnyException());
  }

  @Test
  void findsAFieldThatNobodyKnowsAndAValueThatIsNotAllowed() {
    ObjectNode application =
        ShippedFiles.document("argocd/operator.yaml", "Application").deepCopy();
    application.withObject("/spec/syncPolicy").put("automatic", true);
    assertThatThrownBy(() -> dryRun(application))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("automatic");
    ObjectNode release = ShippedFiles.document("flux/operator.yaml", "HelmRelease").deepCopy();
    release.withObject("/spec/driftDetection").put("mode", "sometimes");
    assertThatThrownBy(() -> dryRun(release))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("sometimes");
  }

  @Test
  void theChartTakesTheValuesOfTheExamples(@TempDir Path directory) throws Exception {
    JsonNode application = ShippedFiles.document("argocd/operator.yaml", "Application");
    JsonNode release = ShippedFiles.document("flux/operator.yaml", "HelmRelease");
    JsonNode values = application.at("/spec/source/helm/valuesObject");
    assertThat(release.at("/spec/values")).isEqualTo(values);
    assertThat(render(directory, values)).isNotEmpty();
  }

  /** An Application may make only those kinds outside of namespaces that its project lists. */
  @Test
  void theProjectAllowsWhatTheChartHasOutsideOfNamespaces(@TempDir Path directory)
      throws Exception {
    JsonNode project = ShippedFiles.document("argocd/project.yaml", "AppProject");
    Set<String> allowed =
        project
            .at("/spec/clusterResourceWhitelist")
            .valueStream()
            .map(entry -> entry.path("group").asText() + "/" + entry.path("kind").asText())
            .collect(Collectors.toSet());
    JsonNode values =
        ShippedFiles.document("argocd/operator.yaml", "Application")
            .at("/spec/source/helm/valuesObject");
    assertThat(render(directory, values))
        .filteredOn(object -> object.at("/metadata/namespace").isMissingNode())
        .extracting(
            object ->
                group(object.path("apiVersion").asText()) + "/" + object.path("kind").asText())
        .isNotEmpty()
        .isSubsetOf(allowed);
  }

  private static String group(String apiVersion) {
    return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
  }

  private List<JsonNode> render(Path directory, JsonNode values) throws Exception {
    Path file = Files.writeString(directory.resolve("values.yaml"), values.toString());
    Process process =
        new ProcessBuilder(
                toolchain.helm().toString(),
                "template",
                "highlyavailableapp",
                Checkout.find().file("helm/highlyavailableapp").toString(),
                "--namespace",
                "highlyavailableapp-system",
                "--values",
                file.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return ShippedFiles.documents(output);
  }

  /**
   * As kubectl asks for it: unknown fields are errors. The namespaces that they name are not here.
   */
  private void dryRun(JsonNode document) {
    var object = Serialization.unmarshal(document.toString(), GenericKubernetesResource.class);
    if (!object.getKind().equals("Namespace")) {
      object.getMetadata().setNamespace(namespace);
    }
    client.resource(object).dryRun().fieldValidation(Validation.STRICT).create();
  }
}
