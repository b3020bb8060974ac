package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.build.Toolchain;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every manifest that we ship, against the schemas of the API server: kubeconform, offline. It
 * finds what a template misspells, which the API server would drop in silence.
 */
@WithTestbed
class ManifestSchemaIT {
  private static final String REQUIRED = "clusterId=prod-eu1,aws.region=eu-west-1";

  /** Their CRDs come with the Prometheus operator, of which the local platform has none. */
  private static final List<String> OTHERS = List.of("ServiceMonitor", "PrometheusRule");

  @TempDir private static Path directory;

  private static ManifestSchemas schemas;
  private static Path kubeconform;
  private static Helm helm;

  @BeforeAll
  static void prepare(Toolchain toolchain, KubernetesClient client) throws IOException {
    helm = new Helm(toolchain, directory, Map.of());
    kubeconform = toolchain.checks().resolve("kubeconform");
    schemas = ManifestSchemas.write(client, Files.createDirectory(directory.resolve("schemas")));
  }

  static Stream<Path> values() throws IOException {
    return ChartRenderingIT.goldenDirectories().map(golden -> golden.resolve("values.yaml"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void rendersWhatTheApiServerKnows(Path values) {
    valid(helm.template("--values", values.toString()).succeeded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "watchNamespaces={shop,blog}",
        "replicas=1,podDisruptionBudget.enabled=false",
        "rbac.create=false,serviceAccount.create=false,serviceAccount.name=theirs",
        "rbac.aggregateToDefaultRoles=true",
        "admissionPolicy.enabled=false,uninstallGuard.enabled=false",
        "networkPolicy.enabled=true",
        "monitoring.grafanaDashboard.enabled=true",
      })
  void rendersWhatTheApiServerKnowsForEachSwitch(String values) {
    valid(helm.template("--set", REQUIRED + "," + values).succeeded());
  }

  static Stream<Path> examples() throws IOException {
    Path examples = Checkout.find().file("examples");
    return Files.walk(examples)
        .filter(file -> file.toString().endsWith(".yaml"))
        .filter(file -> !examples.relativize(file).toString().contains("target"))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shipsExamplesThatTheApiServerKnows(Path example) throws IOException {
    valid(Files.readString(example));
  }

  @Test
  void findsAFieldThatNobodyKnows() {
    String rendered = helm.template("--set", REQUIRED).succeeded();
    assertThat(invalid(rendered.replaceFirst("maxSurge:", "maxSurges:"))).contains("maxSurges");
    assertThat(invalid(rendered.replace("replicas: 2", "replicas: two"))).contains("replicas");
    assertThat(
            invalid(
                """
                apiVersion: highlyavailable.io/v1alpha1
                kind: HighlyAvailableApp
                metadata: {name: shop}
                spec: {image: "registry.example.com/shop:1", imagePullSecret: one}
                """))
        .contains("imagePullSecret");
  }

  private static void valid(String manifests) {
    JsonNode result = check(manifests);
    assertThat(result.path("resources").valueStream())
        .as("%s", result.path("resources").toPrettyString())
        .allSatisfy(
            resource ->
                assertThat(resource.path("status").asText())
                    .isEqualTo(
                        OTHERS.contains(resource.path("kind").asText())
                            ? "statusSkipped"
                            : "statusValid"));
    assertThat(result.at("/summary/valid").asInt()).isPositive();
  }

  private static String invalid(String manifests) {
    JsonNode result = check(manifests);
    assertThat(result.at("/summary/invalid").asInt()).isEqualTo(1);
    return result.path("resources").toString();
  }

  private static JsonNode check(String manifests) {
    List<String> line = new ArrayList<>(List.of(kubeconform.toString(), "-strict", "-verbose"));
    line.addAll(List.of("-output", "json", "-summary", "-skip", String.join(",", OTHERS)));
    line.addAll(List.of("-schema-location", schemas.location()));
    try {
      Path file = Files.writeString(directory.resolve("manifests.yaml"), manifests);
      line.add(file.toString());
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      process.waitFor();
      return RenderedChart.parseOne(new String(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
