package io.highlyavailable.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.UserSlot;
import io.highlyavailable.operator.component.UserTarget;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppFactory;
import io.highlyavailable.operator.model.AppOutcome;
import io.highlyavailable.operator.model.Sensitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One input in {@code golden/kubernetes}: a HighlyAvailableApp, then optionally what its cloud
 * resources give it.
 *
 * @param name the file's name without its ending
 * @param resource as the API server would hand it over
 * @param inputs what the pods need to know of cloud resources
 * @param target the database whose user is made, or null
 */
record GoldenCase(
    String name, HighlyAvailableApp resource, WorkloadInputs inputs, @Nullable UserTarget target) {
  static final Path DIRECTORY = Path.of("src/test/resources/golden/kubernetes");
  static final String INPUT = ".in.yaml";
  static final String EXPECTED = ".out.yaml";

  @Override
  public String toString() {
    return name;
  }

  static List<GoldenCase> all() {
    return files().filter(file -> file.endsWith(INPUT)).map(GoldenCase::read).toList();
  }

  static GoldenCase named(String name) {
    return read(name + INPUT);
  }

  static Stream<String> files() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenCase read(String file) {
    String[] documents = text(DIRECTORY.resolve(file)).split("(?m)^---$");
    HighlyAvailableApp resource = Serialization.unmarshal(documents[0], HighlyAvailableApp.class);
    return new GoldenCase(
        file.substring(0, file.length() - INPUT.length()),
        resource,
        documents.length == 1 ? WorkloadInputs.NONE : inputs(documents[1]),
        documents.length == 1 ? null : target(documents[1]));
  }

  private static @Nullable UserTarget target(String document) {
    JsonNode target = Serialization.unmarshal(document, JsonNode.class).path("target");
    return target.isMissingNode()
        ? null
        : new UserTarget(
            target.path("engine").asText(),
            target.path("host").asText(),
            target.path("port").asInt(),
            target.path("database").asText(),
            target.path("masterUsername").asText(),
            target.path("incarnation").asText(),
            true);
  }

  private static WorkloadInputs inputs(String document) {
    JsonNode tree = Serialization.unmarshal(document, JsonNode.class);
    List<Binding> bindings = new ArrayList<>();
    for (JsonNode binding : tree.path("bindings")) {
      Map<String, Sensitive> data = new TreeMap<>();
      binding
          .path("data")
          .properties()
          .forEach(entry -> data.put(entry.getKey(), new Sensitive(entry.getValue().asText())));
      bindings.add(
          new Binding(binding.path("suffix").asText(), binding.path("type").asText(), data));
    }
    List<String> migrated = new ArrayList<>();
    tree.path("migrated").forEach(key -> migrated.add(key.asText()));
    return new WorkloadInputs(
        bindings, tree.has("roleArn") ? tree.path("roleArn").asText() : null, migrated);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  App app() {
    return app(resource);
  }

  static App app(HighlyAvailableApp resource) {
    return switch (new AppFactory("test", "cluster-uid", "eu-west-1").create(resource, "ns-uid")) {
      case AppOutcome.Valid valid -> valid.app();
      case AppOutcome.InvalidSpec invalid -> throw new AssertionError(invalid.message());
    };
  }

  List<HasMetadata> objects() {
    App app = app();
    return Stream.concat(AppObjects.early(app).stream(), AppObjects.late(app, inputs).stream())
        .toList();
  }

  /** What runs before the others are written, if anything. */
  List<HasMetadata> jobs() {
    App app = app();
    List<HasMetadata> jobs = new ArrayList<>();
    app.workload()
        .beforeRollout()
        .ifPresent(migration -> jobs.add(MigrationJob.of(app, migration, inputs)));
    if (target != null) {
      var password = new UserFacts.Password(new Sensitive("correct-horse"), "");
      String source = UserJob.source(app, target, UserSlot.B, password);
      jobs.add(UserJob.of(app, target, UserSlot.B, "example.com/operator:1", source));
    }
    return jobs;
  }
}
