package io.highlyavailable.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppFactory;
import io.highlyavailable.operator.model.AppIdentity;
import io.highlyavailable.operator.model.AppOutcome;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.model.Sensitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One directory of {@code golden/plan}: a view in {@code view.yaml}, and the plan made of it in
 * {@code plan.yaml}.
 */
record PlanCase(Path directory) {
  static final Path ROOT = Path.of("src/test/resources/golden/plan");
  private static final String REGION = "eu-west-1";
  static final String ACCOUNT = "111122223333";

  static List<PlanCase> all() {
    try (Stream<Path> directories = Files.list(ROOT)) {
      return directories.sorted().map(PlanCase::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return directory.getFileName().toString();
  }

  AppView view() throws IOException {
    JsonNode in =
        Serialization.unmarshal(Files.readString(directory.resolve("view.yaml")), JsonNode.class);
    App app = app(in);
    return new AppView(
        app,
        settings(in.path("account").asText(ACCOUNT), in.path("recoveryRegion").asText()),
        observations(app, in.path("observed")),
        attempts(in.path("attempts")),
        recorded(in.path("recorded")),
        secrets(in.path("secrets")),
        bound(in.path("bound")),
        Set.copyOf(texts(in.path("approved"))),
        failure(in.get("identityFailure")),
        in.path("workloadGone").asBoolean(true),
        gate(in.path("gate"), in.path("recorded")));
  }

  /** What is known of an app that nothing else is to be said of. */
  static AppView view(App app, Map<ComponentName, Observation<?>> seen, Recorded recorded) {
    return new AppView(
        app,
        settings(ACCOUNT, "eu-central-1"),
        seen,
        Map.of(),
        recorded,
        Map.of(),
        Map.of(),
        Set.of(),
        null,
        true,
        ChangeGate.OPEN);
  }

  /** Open unless the case closes it; what is recorded as held is approved when it says so. */
  private static ChangeGate gate(JsonNode in, JsonNode recorded) {
    return in.isMissingNode()
        ? ChangeGate.OPEN
        : new ChangeGate(
            in.path("open").asBoolean(),
            in.path("approved").asBoolean() ? held(recorded) : HeldChanges.NONE,
            "the maintenance window sun:03:00-sun:04:00 UTC");
  }

  private static HeldChanges held(JsonNode recorded) {
    return HeldChanges.of(
        StreamSupport.stream(recorded.path("held").spliterator(), false)
            .map(
                change ->
                    new HeldChanges.Change(
                        change.path("component").asText(),
                        HeldChanges.Kind.valueOf(change.path("kind").asText("UPDATE")),
                        change.path("disruptive").asBoolean(true),
                        change.path("summary").asText()))
            .toList());
  }

  static App app(JsonNode in) {
    String manifest =
        """
        metadata:
          name: shop
          namespace: prod
          uid: app-uid
          generation: 2
          %s
        """
            .formatted(
                in.path("deleting").asBoolean() ? "deletionTimestamp: 2026-11-23T10:00:00Z" : "");
    JsonNode tree = Serialization.unmarshal(manifest, JsonNode.class);
    ((com.fasterxml.jackson.databind.node.ObjectNode) tree).set("spec", in.path("spec"));
    HighlyAvailableApp resource =
        Serialization.unmarshal(Serialization.asJson(tree), HighlyAvailableApp.class);
    return switch (new AppFactory("test", "cluster-uid", REGION).create(resource, "ns-uid")) {
      case AppOutcome.Valid valid -> valid.app();
      case AppOutcome.InvalidSpec invalid -> throw new AssertionError(invalid.message());
    };
  }

  static Upstream.Settings settings(String account, String recoveryRegion) {
    return new Upstream.Settings(
        account, "aws", "", List.of(), "", "/highlyavailableapp/", "", recoveryRegion, List.of());
  }

  private static Map<ComponentName, Observation<?>> observations(App app, JsonNode in) {
    Map<ComponentName, Observation<?>> found = new HashMap<>();
    in.properties()
        .forEach(entry -> found.put(new ComponentName(entry.getKey()), observation(app, entry)));
    return found;
  }

  private static Observation<?> observation(App app, Map.Entry<String, JsonNode> entry) {
    JsonNode in = entry.getValue();
    if (in.isTextual()) {
      return in.asText().equals("absent")
          ? new Observation.Absent<>()
          : new Observation.Unknown<>(in.asText());
    }
    FakeComponent<?> component = FakeCatalogue.named(entry.getKey());
    Map<String, String> tags = tags(app, component, in.path("owner").asText("ours"));
    tags.putAll(strings(in.path("tags")));
    texts(in.path("without")).forEach(tags::remove);
    Map<String, String> values = new TreeMap<>(FakeComponent.values(app));
    values.putAll(strings(in.path("values")));
    return new Observation.Present<>(
        FakeCatalogue.row(
            component,
            new FakeRow.Thing(
                app.resourceName(),
                "arn:" + entry.getKey(),
                tags,
                in.path("state").asText("available"),
                values)));
  }

  /** The tags of a resource that belongs to whom the case says. */
  static Map<String, String> tags(App app, FakeComponent<?> component, String owner) {
    if (owner.equals("nobody")) {
      return new TreeMap<>();
    }
    AppIdentity me = app.identity();
    AppIdentity identity =
        switch (owner) {
          case "ours" -> me;
          case "predecessor" -> identity(me, me.clusterUid(), me.namespaceUid(), "old-uid");
          case "former" -> identity(me, "old-cluster", "old-ns", "old-uid");
          default -> new AppIdentity("other", "c", "prod", "n", "shop", "u");
        };
    Map<String, String> tags = new TreeMap<>(app.tags());
    tags.putAll(OwnershipTags.of(identity, component.text()));
    if (component.holdsData()) {
      tags.put(OwnershipTags.DELETION_POLICY, component.deletionPolicy(app).name());
    }
    return tags;
  }

  private static AppIdentity identity(AppIdentity me, String cluster, String ns, String uid) {
    return new AppIdentity(me.clusterId(), cluster, me.namespace(), ns, me.name(), uid);
  }

  private static Map<ComponentName, Attempt> attempts(JsonNode in) {
    Map<ComponentName, Attempt> attempts = new HashMap<>();
    in.properties()
        .forEach(
            entry ->
                attempts.put(
                    new ComponentName(entry.getKey()),
                    new Attempt(
                        entry.getValue().path("inFlight").asBoolean(),
                        failure(entry.getValue().get("failure")),
                        failure(entry.getValue().get("reading")))));
    return attempts;
  }

  private static @Nullable CloudFailure failure(@Nullable JsonNode in) {
    return in == null
        ? null
        : new CloudFailure(
            CloudFailure.Kind.valueOf(in.asText()), "fake:Do", in.asText(), "no", "ask", false);
  }

  private static Recorded recorded(JsonNode in) {
    Map<ComponentName, String> ids = new HashMap<>();
    texts(in.path("ids")).forEach(name -> ids.put(new ComponentName(name), "arn:" + name));
    Set<ComponentName> begun = new HashSet<>();
    texts(in.path("begun")).forEach(name -> begun.add(new ComponentName(name)));
    return new Recorded(
        ids,
        begun,
        texts(in.path("retained")),
        texts(in.path("finalSnapshots")),
        in.path("account").asText(ids.isEmpty() ? "" : ACCOUNT),
        in.path("region").asText(ids.isEmpty() ? "" : REGION),
        in.path("recoveryRegion").asText(),
        held(in),
        beginnings(in.path("beginnings")));
  }

  private static Map<ComponentName, String> beginnings(JsonNode in) {
    Map<ComponentName, String> beginnings = new HashMap<>();
    in.properties()
        .forEach(
            entry -> beginnings.put(new ComponentName(entry.getKey()), entry.getValue().asText()));
    return beginnings;
  }

  private static Map<String, Sensitive> secrets(JsonNode in) {
    Map<String, Sensitive> secrets = new HashMap<>();
    texts(in).forEach(suffix -> secrets.put(suffix, new Sensitive("canary")));
    return secrets;
  }

  private static Map<String, Binding> bound(JsonNode in) {
    Map<String, Binding> bound = new HashMap<>();
    texts(in)
        .forEach(
            suffix ->
                bound.put(
                    suffix, new Binding(suffix, "fake", Map.of("host", new Sensitive("before")))));
    return bound;
  }

  private static List<String> texts(JsonNode in) {
    return StreamSupport.stream(in.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Map<String, String> strings(JsonNode in) {
    Map<String, String> map = new TreeMap<>();
    in.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }
}
