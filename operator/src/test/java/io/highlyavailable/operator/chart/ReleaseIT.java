package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.operator.OperatorProcess;
import io.highlyavailable.testbed.operator.OperatorSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release script, run dry over what is built, and what it makes. */
class ReleaseIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String IMAGE = "registry.example.com/highlyavailableapp";
  private static final Checkout CHECKOUT = Checkout.find();

  @TempDir private static Path directory;

  private static Testbed testbed;
  private static Path release;

  @BeforeAll
  static void makeARelease() throws IOException {
    assumeThat(ClusterChoice.configured())
        .as("a cluster that is somebody else's may have the CRD already")
        .isNotInstanceOf(ClusterChoice.Existing.class);
    testbed = new Testbed();
    release = directory.resolve("release");
    Ended made =
        run("release/release.sh", "--dry-run", "--no-build", "--image", IMAGE, "--output", release);
    assertThat(made.exit()).as(made.output()).isZero();
    assertThat(made.output())
        .contains("skipped: image: neither", "skipped: signatures: neither GPG_KEY nor COSIGN_KEY");
  }

  @AfterAll
  static void stop() {
    if (testbed != null) {
      testbed.close();
    }
  }

  @Test
  void hasAChecksumOfEveryFileAndSaysWhereItComesFrom() throws IOException {
    Map<String, String> sums =
        Files.readAllLines(release.resolve("SHA256SUMS")).stream()
            .map(line -> line.split("\\s+"))
            .collect(Collectors.toMap(line -> line[1], line -> line[0]));
    try (Stream<Path> files = Files.list(release)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "SHA256SUMS",
              "provenance.intoto.json",
              "install.yaml",
              "RELEASE_NOTES.md",
              "highlyavailableapp-%s.tgz".formatted(version()),
              "highlyavailableapp-operator-%s.tar.gz".formatted(version()));
    }
    for (Map.Entry<String, String> sum : sums.entrySet()) {
      assertThat(sha256(release.resolve(sum.getKey()))).as(sum.getKey()).isEqualTo(sum.getValue());
    }
    JsonNode provenance =
        RenderedChart.parseOne(Files.readString(release.resolve("provenance.intoto.json")));
    assertThat(provenance.path("subject").valueStream())
        .hasSize(sums.size())
        .allSatisfy(
            subject ->
                assertThat(subject.at("/digest/sha256").asText())
                    .isEqualTo(sums.get(subject.path("name").asText())));
    assertThat(
            provenance
                .at("/predicate/buildDefinition/resolvedDependencies/0/digest/gitCommit")
                .asText())
        .hasSize(40);
  }

  @Test
  void takesItsNotesFromTheChangelog() throws IOException {
    List<String> notes = Files.readAllLines(release.resolve("RELEASE_NOTES.md"));
    assertThat(notes.getFirst()).isEqualTo("### Added");
    assertThat(notes).noneMatch(line -> line.startsWith("## "));
  }

  @Test
  void isNotMadeOfASnapshotUnlessItIsADryRun() throws IOException {
    assumeThat(version()).endsWith("-SNAPSHOT");
    Ended refused = run("release/release.sh", "--no-build", "--output", directory.resolve("none"));
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).contains("release/set-version");
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void packsTheChartThatIsInTheCheckout(@TempDir Path home) {
    Helm helm = new Helm(testbed.toolchain(), home, Map.of());
    Path chart = release.resolve("highlyavailableapp-%s.tgz".formatted(version()));
    RenderedChart packed =
        RenderedChart.parse(
            helm.templateOf(chart, "--set", "clusterId=prod,aws.region=eu-west-1").succeeded());
    assertThat(packed.container().path("image").asText()).isEqualTo(IMAGE + ":" + version());
    assertThat(packed.only("CustomResourceDefinition"))
        .isEqualTo(RenderedChart.file("files/crd.yaml"));
  }

  /** As a person does who has nothing but kubectl. */
  @Test
  void installsByKubectlAloneAndTheOperatorWorksWithWhatThatGrants() throws IOException {
    String yaml = Files.readString(release.resolve("install.yaml"));
    assertThat(yaml).doesNotContain("helm.sh/hook").doesNotContain("managed-by: Helm");
    Ended unset = apply(yaml, "--dry-run=client");
    assertThat(unset.exit()).as(unset.output()).isZero();

    String set = yaml.replace("SET-A-CLUSTER-ID", "local").replace("SET-A-REGION", "us-east-1");
    Ended applied = apply(set);
    assertThat(applied.exit()).as(applied.output()).isZero();
    await().atMost(PATIENCE).until(() -> admitted() == 2);
    assertThat(apply(set).exit()).isZero();
    assertThat(deployment().getMetadata().getGeneration()).isEqualTo(1);

    OperatorSettings settings = OperatorSettings.local(testbed.aws().endpoint());
    try (OperatorProcess operator =
        OperatorProcess.startInstalled(
            testbed.cluster(), settings, testbed.logs().resolve("release"))) {
      operator.awaitReady(PATIENCE);
    }
  }

  private static int admitted() {
    Integer updated = deployment().getStatus().getUpdatedReplicas();
    return updated == null ? 0 : updated;
  }

  private static Deployment deployment() {
    return testbed
        .cluster()
        .client()
        .apps()
        .deployments()
        .inNamespace(Helm.NAMESPACE)
        .withName("highlyavailableapp")
        .get();
  }

  private static Ended apply(String yaml, String... options) throws IOException {
    Path file = Files.writeString(directory.resolve("edited.yaml"), yaml);
    List<Object> line = new ArrayList<>(List.of(testbed.toolchain().kubectl()));
    line.addAll(List.of("--kubeconfig", testbed.cluster().kubeconfig(), "apply", "-f", file));
    line.addAll(List.of(options));
    return run(line.toArray());
  }

  private static String version() {
    return RenderedChart.file("Chart.yaml").path("version").asText();
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Ended(int exit, String output) {}

  private static Ended run(Object... line) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Stream.of(line).map(Object::toString).toList());
    builder.directory(CHECKOUT.file(".").toFile()).redirectErrorStream(true);
    builder.environment().put("HELM", testbed.toolchain().helm().toString());
    builder.environment().keySet().removeAll(List.of("GPG_KEY", "COSIGN_KEY"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Ended(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
