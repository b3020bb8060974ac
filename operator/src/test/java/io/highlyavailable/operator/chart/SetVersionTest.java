package io.highlyavailable.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code release/set-version}, on a copy of the files that have the version in them. */
class SetVersionTest {
  private static final Checkout CHECKOUT = Checkout.find();

  private static final PathMatcher VERSIONED =
      FileSystems.getDefault()
          .getPathMatcher(
              "glob:{pom.xml,*/pom.xml,examples/*/pom.xml,CHANGELOG.md,release/set-version,"
                  + "helm/highlyavailableapp/Chart.yaml,"
                  + "operator/src/test/resources/chart/*/expected.yaml}");

  @TempDir private Path copy;

  @BeforeEach
  void copyWhatHasTheVersion() throws IOException {
    Path root = CHECKOUT.root();
    for (String directory : List.of(".", "examples", "helm/highlyavailableapp", "release")) {
      copyFrom(root, root.resolve(directory), 2);
    }
    copyFrom(root, root.resolve("operator/src/test/resources/chart"), 2);
  }

  @Test
  void writesAReleasesVersionEverywhereAndItsHeadingIntoTheChangelogOnce() throws Exception {
    String before = read("CHANGELOG.md");

    assertThat(setVersion("7.8.9")).isZero();
    assertThat(setVersion("7.8.9")).isZero();

    assertThat(read("pom.xml")).contains("<version>7.8.9</version>");
    assertThat(read("operator/pom.xml")).contains("<version>7.8.9</version>");
    assertThat(read("helm/highlyavailableapp/Chart.yaml"))
        .contains("\nversion: 7.8.9\n", "\nappVersion: 7.8.9\n");
    assertThat(read("operator/src/test/resources/chart/full/expected.yaml"))
        .contains("app.kubernetes.io/version: 7.8.9\n");
    Pattern heading =
        Pattern.compile("## \\[Unreleased]\n\n(## \\[7\\.8\\.9] - \\d{4}-\\d\\d-\\d\\d\n\n)");
    String after = read("CHANGELOG.md");
    assertThat(after).containsPattern(heading);
    assertThat(heading.matcher(after).replaceFirst("## [Unreleased]\n\n")).isEqualTo(before);
  }

  @Test
  void leavesTheChangelogAsItIsForASnapshot() throws Exception {
    String before = read("CHANGELOG.md");
    assertThat(setVersion("7.9.0-SNAPSHOT")).isZero();
    assertThat(read("pom.xml")).contains("<version>7.9.0-SNAPSHOT</version>");
    assertThat(read("CHANGELOG.md")).isEqualTo(before);
  }

  @Test
  void refusesWhatIsNoVersion() throws Exception {
    String before = read("pom.xml");
    assertThat(setVersion("v1")).isEqualTo(2);
    assertThat(read("pom.xml")).isEqualTo(before);
  }

  private int setVersion(String version) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(copy.resolve("release/set-version").toString(), version)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private String read(String file) throws IOException {
    return Files.readString(copy.resolve(file), StandardCharsets.UTF_8);
  }

  private void copyFrom(Path root, Path directory, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(directory, depth)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = root.relativize(file.normalize());
        if (VERSIONED.matches(relative)) {
          Path target = copy.resolve(relative);
          Files.createDirectories(target.getParent());
          Files.copy(
              file,
              target,
              StandardCopyOption.COPY_ATTRIBUTES,
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
