package io.highlyavailable.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are committed and made by tests; rewritten with {@code -Dupdate.generated=true}. */
final class Golden {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden/gitops");

  private Golden() {}

  static void check(String name, Object value) throws IOException {
    check(DIRECTORY.resolve(name), Serialization.asYaml(value));
  }

  static void check(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("update.generated")) {
      Files.writeString(file, expected);
    }
    assertThat(file)
        .as("run again with -Dupdate.generated=true and commit the result")
        .hasContent(expected);
  }

  static JsonNode read(String name) throws IOException {
    return Serialization.unmarshal(Files.readString(DIRECTORY.resolve(name)), JsonNode.class);
  }
}
