package io.highlyavailable.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DockerfileTest {
  private static final Pattern COPIED_FROM_CHECKOUT =
      Pattern.compile("(?m)^COPY (?!--from)(\\S.*) \\S+$");

  private final String dockerfile = read("Dockerfile");

  @Test
  void runsOnTheJavaThatTheOperatorIsCompiledFor() {
    String release = first(read("pom.xml"), "<maven.compiler.release>(\\d+)<");
    assertThat(first(dockerfile, "ARG BUILD_IMAGE=\\S+-(\\d+)\\n")).isEqualTo(release);
  }

  /** Java is compiled once, where it is fast; what is made for one platform is made on it. */
  @Test
  void isTheSameRecipeForEveryPlatform() {
    assertThat(stages("--platform=\\$BUILDPLATFORM ")).containsExactly("${BUILD_IMAGE} AS jars");
    assertThat(stages("(?!--)")).containsExactly("${BUILD_IMAGE} AS trained", "${RUNTIME_IMAGE}");
    assertThat(dockerfile + read("operator/image/jlink.options") + read("operator/image/train.sh"))
        .doesNotContainPattern("amd64|arm64|x86|aarch|64\\.so|-linux-gnu");
  }

  /** Whoever wants other base images, for one, needs no change of the file. */
  @Test
  void takesNothingButItsTwoBasesAndTheContext() {
    assertThat(matches("(?m)^FROM (?:--\\S+ )?(\\S+)"))
        .containsOnly("${BUILD_IMAGE}", "${RUNTIME_IMAGE}");
    assertThat(matches("(?m)^COPY --from=(\\S+) ")).isSubsetOf("jars", "trained");
    assertThat(dockerfile).doesNotContainPattern("(?m)^ADD|https?://|curl|wget|apt-get|apk ");
  }

  @Test
  void runsAsTheUserThatTheChartAsksFor() {
    String deployment = read("helm/highlyavailableapp/templates/deployment.yaml");
    String helpers = read("helm/highlyavailableapp/templates/_helpers.tpl");
    assertThat(first(dockerfile, "USER (\\d+):\\d+\\n"))
        .isEqualTo(first(helpers, "runAsUser: (\\d+)\\n"));
    assertThat(first(dockerfile, "EXPOSE (\\d+)\\n"))
        .isEqualTo(first(deployment, "containerPort: (\\d+)\\n"));
  }

  @Test
  void startsWithTheOptionsThatTheCacheWasTrainedWith() {
    String entrypoint = first(dockerfile, "ENTRYPOINT \\[(.*)\\]\\n");
    assertThat(entrypoint).contains("\"@/app/java.options\"", "\"-XX:AOTCache=/app/operator.aot\"");
    assertThat(first(dockerfile, "jlink @\\S+ --output (\\S+) ") + "/bin/java")
        .isEqualTo(first(entrypoint, "^\"([^\"]+)\""));
    assertThat(read("operator/image/train.sh"))
        .contains("java @java.options", "-XX:AOTCacheOutput=operator.aot");
  }

  @Test
  void copiesOnlyWhatTheContextHolds() {
    List<String> context =
        read(".dockerignore")
            .lines()
            .filter(l -> l.startsWith("!"))
            .map(l -> l.substring(1))
            .toList();
    assertThat(COPIED_FROM_CHECKOUT.matcher(dockerfile).results())
        .isNotEmpty()
        .flatExtracting(copied -> List.of(copied.group(1).split(" ")))
        .allSatisfy(
            path -> {
              assertThat(Checkout.find().file(path)).exists();
              assertThat(context).anyMatch(allowed -> path.matches(allowed + "(/.*)?"));
            });
  }

  private List<String> stages(String after) {
    return matches("(?m)^FROM " + after + "(.*)$");
  }

  private List<String> matches(String pattern) {
    return Pattern.compile(pattern)
        .matcher(dockerfile)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String first(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing matches " + pattern));
  }

  private static String read(String file) {
    try {
      return Files.readString(Checkout.find().file(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
