package io.highlyavailable.operator.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.cluster.ClusterChoice;
import io.highlyavailable.testbed.container.DockerEngine;
import io.highlyavailable.testbed.container.DockerEngine.Result;
import io.highlyavailable.testbed.container.OperatorImage;
import io.highlyavailable.testbed.junit.TestNamespace;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

/** The operator's image, as the Dockerfile makes it, on stand-ins for its base images. */
@WithTestbed
@ExtendWith(NeedsDocker.class)
class ImageIT {
  /** A start takes seconds on an idle machine, and tests may share few cores. */
  private static final Duration START = Duration.ofSeconds(120);

  private static final Duration RECONCILED = Duration.ofSeconds(120);
  private static final int ENDED_BY_SIGTERM = 128 + 15;
  private static final String ONLY_WITH_THE_CACHE = "--env=JAVA_TOOL_OPTIONS=-XX:AOTMode=on";

  private static final String OPERATOR = "io.highlyavailable.operator.Main";
  private static final String LIBRARY = "software.amazon.awssdk.services.rds.RdsClient";

  private static final String APP =
      """
      apiVersion: highlyavailable.io/v1alpha1
      kind: HighlyAvailableApp
      metadata: {name: shop}
      spec: {image: "example.com/app:1", storage: {s3: {}}}
      """;

  private static Testbed testbed;
  private static DockerEngine docker;

  /**
   * Builds in the engine of the JVM, which other classes build in, and on a platform of its own.
   */
  @BeforeAll
  static void build(Testbed shared) {
    assumeThat(ClusterChoice.configured())
        .as("an operator of its own in a cluster of its own")
        .isNotInstanceOf(ClusterChoice.Existing.class);
    docker = shared.docker();
    shared.image().load(docker);
    testbed = new Testbed();
  }

  @AfterAll
  static void stop() {
    if (testbed != null) {
      testbed.close();
    }
  }

  @Test
  void runsAsAUserWithoutRightsAndSaysWhatItIs() throws IOException {
    JsonNode config = inspect().path("Config");
    assertThat(config.path("User").asText()).isEqualTo("65532:65532");
    assertThat(config.path("ExposedPorts").fieldNames()).toIterable().containsExactly("8080/tcp");
    assertThat(config.path("Entrypoint").path(0).asText()).isEqualTo("/opt/java/bin/java");
    assertThat(config.path("Labels").path("org.opencontainers.image.title").asText())
        .isEqualTo("highlyavailableapp");
  }

  @Test
  void holdsNoShellNothingThatRaisesRightsAndNothingThatItsUserCouldChange(@TempDir Path directory)
      throws Exception {
    List<String> files = filesOfTheImage(directory);
    assertThat(files).anyMatch(file -> file.endsWith(" app/operator.aot"));
    assertThat(files)
        .noneMatch(file -> file.matches(".* (usr/)?s?bin/[^/]+( -> .*)?"))
        .filteredOn(file -> file.contains(" opt/java/bin/") && !file.endsWith("/"))
        .hasSize(1)
        .allMatch(file -> file.endsWith("/java"));
    assertThat(files)
        .noneMatch(
            file -> file.matches(".*/(sh|bash|dash|busybox|apt|dpkg|curl|wget|jshell|javac)"))
        .noneMatch(file -> file.matches("^-..[sS].*|^-.....[sS].*"));
    assertThat(files)
        .filteredOn(file -> file.matches("^[-d].......w.*") || file.contains("65532"))
        .allMatch(file -> file.matches("^d.* (tmp|var/tmp|run/lock|var/lock)/"));
  }

  /** What changes at every commit comes last, so that nodes pull little. */
  @Test
  void hasALayerEachForJvmLibrariesOperatorAndCache() throws IOException {
    List<String> made = new ArrayList<>();
    docker
        .docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", OperatorImage.REFERENCE)
        .lines()
        .filter(step -> step.startsWith("COPY"))
        .forEach(made::addFirst);
    assertThat(made)
        .extracting(step -> step.split("\\s+")[1])
        .containsExactly(
            "/layers/java/", "/layers/libraries/", "/layers/operator/", "/layers/cache/");
  }

  @Test
  void reconcilesInAContainerThatIsHeldAsThePodIs() throws IOException {
    KubernetesClient client = testbed.cluster().client();
    try (OperatorContainer operator =
        OperatorContainer.start(docker, testbed, "from-argument", ONLY_WITH_THE_CACHE)) {
      awaitReady(operator);
      assertThat(operator.get("/healthz")).isEqualTo(200);

      TestNamespace namespace = TestNamespace.create(client, "image");
      client.resource(APP).inNamespace(namespace.name()).create();
      await()
          .atMost(RECONCILED)
          .untilAsserted(() -> assertThat(phase(namespace)).isEqualTo(Phase.READY));
      assertThat(clusterIdOfTheBucket()).isEqualTo("from-argument");

      assertThat(operator.stop()).as(operator.log()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(operator.inspect(".State.OOMKilled")).isEqualTo("false");
      assertThat(operator.changedFiles()).isEmpty();
    }
  }

  /** JVM, libraries and operator alike: the lines name each class and where it came from. */
  @Test
  void takesItsClassesFromTheCache() {
    Result trained = run(List.of("--env=JAVA_TOOL_OPTIONS=-Xlog:class+load"), List.of("--train"));
    assertThat(trained.code()).as(trained.all()).isZero();
    assertThat(trained.output().lines().filter(line -> line.contains(" source: shared objects")))
        .map(line -> line.split(" ")[1])
        .contains("java.util.HashMap", OPERATOR, LIBRARY);
  }

  /** Otherwise that the operator starts so would show nothing. */
  @Test
  void refusesToStartOnlyWithTheCacheWhereThatDoesNotFit() {
    Result refused =
        run(List.of(ONLY_WITH_THE_CACHE + " -XX:-UseCompressedOops"), List.of("--train"));
    assertThat(refused.code()).as(refused.all()).isEqualTo(1);
    assertThat(refused.all()).contains("Unable to use AOT cache");
  }

  @Test
  void saysWhatIsWrongWithItsSettingsAndEnds() {
    Result refused = run(List.of("--env=AWS_REGION=eu-west-1"), List.of("--poll-slow=soon"));
    assertThat(refused.code()).as(refused.all()).isEqualTo(2);
    assertThat(refused.all())
        .contains("The configuration is not valid", "HAAPP_CLUSTER_ID is not set", "soon");
  }

  private static void awaitReady(OperatorContainer operator) {
    await()
        .atMost(START)
        .failFast(
            () -> {
              if (!operator.isRunning()) {
                throw new AssertionError("it ended before it was ready:\n" + operator.log());
              }
            })
        .untilAsserted(() -> assertThat(operator.get("/readyz")).isEqualTo(200));
  }

  /** None before the operator has come by. */
  private static @Nullable Phase phase(TestNamespace namespace) {
    HighlyAvailableApp app =
        testbed
            .cluster()
            .client()
            .resources(HighlyAvailableApp.class)
            .inNamespace(namespace.name())
            .withName("shop")
            .require();
    return app.getStatus().phase();
  }

  private static String clusterIdOfTheBucket() {
    try (S3Client s3 = testbed.aws().configure(S3Client.builder().forcePathStyle(true)).build()) {
      String bucket = s3.listBuckets().buckets().getFirst().name();
      return s3.getBucketTagging(request -> request.bucket(bucket)).tagSet().stream()
          .filter(tag -> tag.key().equals(OwnershipTags.CLUSTER_ID))
          .map(Tag::value)
          .findFirst()
          .orElse("");
    }
  }

  private static Result run(List<String> options, List<String> arguments) {
    List<String> line = new ArrayList<>(List.of("run", "--rm"));
    line.addAll(OperatorContainer.restrictions());
    line.addAll(options);
    line.add(OperatorImage.REFERENCE);
    line.addAll(arguments);
    return docker.tryDocker(line.toArray(String[]::new));
  }

  private static JsonNode inspect() throws IOException {
    return new ObjectMapper()
        .readTree(docker.docker("image", "inspect", OperatorImage.REFERENCE))
        .path(0);
  }

  /** As {@code tar tv} lists them. */
  private static List<String> filesOfTheImage(Path directory) throws Exception {
    String id = docker.docker("create", OperatorImage.REFERENCE);
    Path archive = directory.resolve("image.tar");
    docker.docker("export", "--output", archive.toString(), id);
    docker.docker("rm", id);
    Process tar = new ProcessBuilder("tar", "-tvf", archive.toString()).start();
    try (var reader = tar.inputReader()) {
      List<String> files = reader.readAllLines();
      assertThat(tar.waitFor()).isZero();
      return files;
    }
  }
}
