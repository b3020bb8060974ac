package io.highlyavailable.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.highlyavailable.testbed.Testbed;
import io.highlyavailable.testbed.build.Checkout;
import io.highlyavailable.testbed.junit.WithTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The release script with an image, which a real engine builds. The scanner is a script of the
 * test's: a real one needs a database of vulnerabilities, which changes by the hour.
 */
@WithTestbed
@ExtendWith(NeedsDocker.class)
class ReleaseImageIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "registry.example.com/highlyavailableapp";

  private static Testbed testbed;

  @TempDir private Path directory;

  @BeforeAll
  static void start(Testbed shared) {
    testbed = shared;
  }

  @AfterAll
  static void removeTheImage() {
    if (testbed != null) {
      testbed.docker().tryDocker("rmi", NAME + ":" + version());
    }
  }

  @Test
  void endsWhenTheScannerHasSomethingAgainstTheImage() throws Exception {
    Ended ended = release(1);
    assertThat(ended.code()).as(ended.output()).isEqualTo(1);
    assertThat(ended.output()).contains("trivy has something against the image " + NAME);
    assertThat(directory.resolve("release/SHA256SUMS")).doesNotExist();
  }

  @Test
  void listsWhatIsInTheImageAndNamesItInTheProvenance() throws Exception {
    Ended ended = release(0);
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).doesNotContain("skipped: image");
    String name = NAME + ":" + version();
    assertThat(directory.resolve("scanned"))
        .hasContent("image --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed " + name);

    String id = testbed.docker().docker("image", "inspect", "--format", "{{.Id}}", name);
    JsonNode subjects = read("provenance.intoto.json").path("subject");
    assertThat(subjects.valueStream())
        .anySatisfy(
            subject -> {
              assertThat(subject.path("name").asText()).isEqualTo(name);
              assertThat("sha256:" + subject.at("/digest/sha256").asText()).isEqualTo(id);
            });
    JsonNode list = read("highlyavailableapp-image-%s.cdx.json".formatted(version()));
    assertThat(list.at("/metadata/component/bom-ref").asText()).isEqualTo(id);
    assertThat(list.path("components").valueStream())
        .extracting(component -> component.path("name").asText())
        .contains("libc6", "tzdata", "OpenJDK Java runtime", "/app/operator.jar")
        .doesNotContain("bash", "dash", "coreutils", "dpkg");
  }

  private record Ended(int code, String output) {}

  /** Runs the script with a scanner that ends with this code. */
  private Ended release(int scannersVerdict) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("release/release.sh", "--dry-run", "--no-build", "--build-image"));
    line.addAll(List.of("--image", NAME, "--output", directory.resolve("release").toString()));
    for (String option : testbed.image().buildOptions()) {
      line.addAll(List.of("--build-option", option));
    }
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.directory(Checkout.find().root().toFile());
    builder.environment().putAll(testbed.docker().environment());
    builder.environment().values().removeIf(String::isEmpty);
    builder.environment().keySet().removeAll(List.of("GPG_KEY", "COSIGN_KEY"));
    builder.environment().put("HELM", testbed.toolchain().helm().toString());
    builder
        .environment()
        .merge("PATH", scanner(scannersVerdict).getParent() + ":", (path, own) -> own + path);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private Path scanner(int verdict) throws IOException {
    Path trivy = Files.createDirectories(directory.resolve("bin")).resolve("trivy");
    Files.writeString(
        trivy,
        """
        #!/bin/sh
        echo "$*" >"%s"
        exit %d
        """
            .formatted(directory.resolve("scanned"), verdict));
    return Files.setPosixFilePermissions(trivy, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private JsonNode read(String file) throws IOException {
    return JSON.readTree(directory.resolve("release").resolve(file).toFile());
  }

  private static String version() {
    try (Stream<String> lines =
        Files.lines(Checkout.find().file("helm/highlyavailableapp/Chart.yaml"))) {
      return lines
          .filter(line -> line.startsWith("version: "))
          .map(line -> line.substring("version: ".length()))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
