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
      Pattern.compile("(?m)^COPY (?!--from)(\\S+) ");

  private final String dockerfile = read("Dockerfile");

  @Test
  void runsOnTheJavaThatTheOperatorIsCompiledFor() {
    String release = first(read("pom.xml"), "<maven.compiler.release>(\\d+)<");
    assertThat(first(dockerfile, "ARG BUILD_IMAGE=\\S+-(\\d+)\\n")).isEqualTo(release);
    assertThat(first(dockerfile, "ARG RUNTIME_IMAGE=\\S+:(\\d+)-jre\\n")).isEqualTo(release);
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
    assertThat(COPIED_FROM_CHECKOUT.matcher(dockerfile).results().map(copied -> copied.group(1)))
        .isNotEmpty()
        .allSatisfy(
            path -> {
              assertThat(Checkout.find().file(path)).exists();
              assertThat(context).contains(path);
            });
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
