package io.highlyavailable.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files under {@code gitops/}. */
final class ShippedFiles {
  private static final YAMLMapper YAML = new YAMLMapper();

  private ShippedFiles() {}

  /** Every manifest, but for the values of Argo CD's chart. */
  static List<Path> manifests() {
    try (Stream<Path> all = Files.walk(Checkout.find().file("gitops"))) {
      return all.filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("argo-cd-values.yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String file) {
    try {
      return Files.readString(Checkout.find().file("gitops").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> documents(String text) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one document of a kind in a file. */
  static JsonNode document(String file, String kind) {
    return documents(text(file)).stream()
        .filter(document -> document.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + kind + " in " + file));
  }
}
