package io.highlyavailable.example.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DockerfileTest {
  private static final Pattern COPIED_FROM_CHECKOUT =
      Pattern.compile("(?m)^COPY (?!--from)(\\S+) ");

  private final String dockerfile = read("examples/web-app/Dockerfile");

  @Test
  void hasTheSameBaseImagesAndTheSameUserAsTheOperators() {
    String operators = read("Dockerfile");
    for (String line : List.of("ARG BUILD_IMAGE=.*", "ARG RUNTIME_IMAGE=.*", "USER .*")) {
      assertThat(first(dockerfile, line)).isEqualTo(first(operators, line));
    }
  }

  @Test
  void copiesOnlyWhatItsContextHolds() {
    List<String> context =
        read("examples/web-app/Dockerfile.dockerignore")
            .lines()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    assertThat(COPIED_FROM_CHECKOUT.matcher(dockerfile).results().map(copied -> copied.group(1)))
        .containsExactlyInAnyOrderElementsOf(context)
        .allSatisfy(path -> assertThat(Checkout.find().file(path)).exists());
  }

  private static String first(String text, String pattern) {
    return Pattern.compile("(?m)^" + pattern + "$")
        .matcher(text)
        .results()
        .map(match -> match.group())
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing matches " + pattern));
  }

  private static String read(String file) {
    try {
      return Files.readString(Checkout.find().file(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
