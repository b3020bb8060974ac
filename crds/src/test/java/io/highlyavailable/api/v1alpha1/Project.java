package io.highlyavailable.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the project as tests see them: surefire runs in the module's directory. */
final class Project {

  static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  static final Path CRD = Path.of("highlyavailableapps.highlyavailable.io.yaml");
  static final Path CHART_CRD = Path.of("../helm/highlyavailableapp/files/crd.yaml");
  static final Path REFERENCE = Path.of("../docs/reference/highlyavailableapp.md");
  static final Path EXAMPLES = Path.of("../examples");

  private Project() {}

  /** Returns all files of a directory of manifests, and refuses any other file in it. */
  static List<Path> manifests(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : all) {
        if (!file.getFileName().toString().endsWith(".yaml")) {
          throw new IllegalStateException("unused file " + file);
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns every manifest of the examples, at whatever depth. */
  static List<Path> examples() {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !EXAMPLES.relativize(file).toString().contains("target/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the manifests of a directory of test resources. */
  static List<Path> resources(String name) {
    return manifests(Path.of("src/test/resources", name));
  }

  /** Returns the message that the first line of a manifest announces. */
  static String expectation(Path file) {
    String first = read(file).lines().findFirst().orElse("");
    if (!first.startsWith("# expect: ")) {
      throw new IllegalStateException(file + " does not begin with # expect:");
    }
    return first.substring("# expect: ".length());
  }

  /** Returns the documents of a YAML file. */
  static List<JsonNode> documents(Path file) {
    try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return values.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
