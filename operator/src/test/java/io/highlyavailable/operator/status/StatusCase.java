package io.highlyavailable.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.RaisedAlarm;
import io.highlyavailable.operator.model.AppFactory;
import io.highlyavailable.operator.model.AppOutcome;
import io.highlyavailable.operator.plan.Drift;
import io.highlyavailable.operator.plan.HeldChanges;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Report;
import io.highlyavailable.operator.plan.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One directory of {@code golden/status}: a resource, its status before and what a reconciliation
 * came to in {@code outcome.yaml}, and the status made of it in {@code status.yaml}.
 */
record StatusCase(Path directory) {
  static final Path ROOT = Path.of("src/test/resources/golden/status");
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  static List<StatusCase> all() {
    try (Stream<Path> directories = Files.list(ROOT)) {
      return directories.sorted().map(StatusCase::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return directory.getFileName().toString();
  }

  /** The status after. */
  HighlyAvailableAppStatus build() throws IOException {
    return build(before());
  }

  HighlyAvailableAppStatus build(@Nullable HighlyAvailableAppStatus before) throws IOException {
    StatusBuilder builder = new StatusBuilder(() -> NOW);
    HighlyAvailableApp resource =
        Serialization.unmarshal(in().path("app").toString(), HighlyAvailableApp.class);
    return switch (new AppFactory("test", "cluster", "eu-west-1").create(resource, "ns")) {
      case AppOutcome.Valid(var app) -> builder.build(outcome(app), before);
      case AppOutcome.InvalidSpec invalid ->
          builder.invalid(
              resource.getMetadata().getGeneration(), "InvalidSpec: " + invalid.message(), before);
    };
  }

  private JsonNode in() throws IOException {
    String text = Files.readString(directory.resolve("outcome.yaml"));
    return Serialization.unmarshal(text, JsonNode.class);
  }

  @Nullable HighlyAvailableAppStatus before() throws IOException {
    JsonNode before = in().path("before");
    return before.isMissingNode()
        ? null
        : Serialization.unmarshal(before.toString(), HighlyAvailableAppStatus.class);
  }

  private Outcome outcome(io.highlyavailable.operator.model.App app) throws IOException {
    JsonNode in = in();
    return new Outcome(
        app,
        list(in.path("reports")).map(StatusCase::report).toList(),
        list(in.path("bindings"))
            .map(binding -> new Binding(binding.asText(), "postgresql", Map.of()))
            .toList(),
        new Plan.Removal(
            texts(in.path("blockedBy")),
            texts(in.path("retained")),
            texts(in.path("finalSnapshots"))),
        in.path("url").asText(),
        in.path("hostname").asText(),
        in.path("replicas").asInt(),
        in.path("readyReplicas").asInt(in.path("replicas").asInt()),
        new Plan.Home(
            in.path("account").asText("111122223333"),
            app.region(),
            in.path("recoveryRegion").asText()),
        held(in.path("held")),
        in.path("requested").asText(),
        in.path("rotation").asText());
  }

  private static HeldChanges held(JsonNode in) {
    return in.isMissingNode()
        ? HeldChanges.NONE
        : new HeldChanges(
            "sha256:ab12",
            list(in)
                .map(
                    change ->
                        new HeldChanges.Change(
                            change.path("component").asText(),
                            HeldChanges.Kind.valueOf(change.path("kind").asText("UPDATE")),
                            change.path("disruptive").asBoolean(true),
                            change.path("summary").asText()))
                .toList());
  }

  private static Report report(JsonNode in) {
    String name = in.path("name").asText();
    return new Report(
        name,
        in.path("kind").asText("fake"),
        in.path("condition").asText(name.substring(0, 1).toUpperCase() + name.substring(1))
            + "Ready",
        Standing.valueOf(in.path("standing").asText("READY")),
        in.path("id").asText(),
        in.path("ownership").asText(Report.CREATED),
        in.path("state").asText(),
        in.path("message").asText(),
        in.path("nextStep").asText(),
        list(in.path("drift")).map(StatusCase::drift).toList(),
        list(in.path("alarms")).map(StatusCase::alarm).toList());
  }

  private static RaisedAlarm alarm(JsonNode in) {
    return new RaisedAlarm(
        in.path("name").asText(),
        Instant.parse(in.path("since").asText()),
        in.path("meaning").asText(),
        in.path("reason").asText(),
        in.path("usersAffected").asBoolean());
  }

  private static Drift drift(JsonNode in) {
    return new Drift(
        new Difference(
            in.path("field").asText(),
            in.path("desired").asText(),
            in.path("actual").asText(),
            Difference.Impact.IN_PLACE),
        Drift.Outcome.valueOf(in.path("outcome").asText("CORRECTING")));
  }

  private static Stream<JsonNode> list(JsonNode in) {
    return StreamSupport.stream(in.spliterator(), false);
  }

  private static List<String> texts(JsonNode in) {
    return list(in).map(JsonNode::asText).toList();
  }
}
