package io.highlyavailable.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An app as the API server would have it, in one of the states that it goes through: those that the
 * goldens of the status say, and those in which no status says anything of the spec.
 *
 * @param state what the state is called
 * @param object the whole object
 */
record ObservedApp(String state, ObjectNode object) {
  private static final Path STATUSES = Path.of("src/test/resources/golden/status");

  /** A generation that no status of the goldens is of. */
  private static final long NEWER = 99;

  static List<ObservedApp> all() {
    List<ObservedApp> all = new ArrayList<>();
    try (Stream<Path> directories = Files.list(STATUSES)) {
      directories
          .sorted()
          .map(directory -> of(directory.getFileName().toString(), status(directory)))
          .forEach(all::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ObservedApp older = of("ready-with-an-older-spec", status(STATUSES.resolve("ready")));
    older.metadata().put("generation", NEWER);
    ObservedApp bare = of("without-a-status", status(STATUSES.resolve("ready")));
    bare.object().remove("status");
    ObservedApp unseen = of("unseen-by-the-operator", status(STATUSES.resolve("ready")));
    unseen.object().putObject("status").put("observedGeneration", -1);
    all.addAll(List.of(older, bare, unseen));
    return all;
  }

  private static ObservedApp of(String state, JsonNode status) {
    ObjectNode object =
        Serialization.unmarshal(
            """
            apiVersion: highlyavailable.io/v1alpha1
            kind: HighlyAvailableApp
            metadata: {name: shop, namespace: prod}
            spec: {image: "registry.example.com/shop:1"}
            """,
            ObjectNode.class);
    ObservedApp app = new ObservedApp(state, object);
    app.metadata().set("generation", status.path("observedGeneration"));
    if (status.path("phase").asText().equals("Deleting")) {
      app.metadata().put("deletionTimestamp", "2026-11-23T11:00:00Z");
    }
    object.set("status", status);
    return app;
  }

  private static JsonNode status(Path directory) {
    try {
      return Serialization.unmarshal(
          Files.readString(directory.resolve("status.yaml")), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode metadata() {
    return (ObjectNode) object.path("metadata");
  }

  @Override
  public String toString() {
    return state;
  }
}
