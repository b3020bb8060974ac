package io.highlyavailable.operator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.OwnershipTags;
import io.highlyavailable.operator.model.Sensitive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Views of every kind, whether or not they could come about. The same seed gives the same one. */
final class RandomViews {
  private static final List<String> OWNERS = List.of("ours", "predecessor", "former", "foreign");
  private static final List<String> STATES =
      List.of("available", "available", "creating", "modifying", "deleting", "failed");

  private final Random random;

  RandomViews(long seed) {
    this.random = new Random(seed);
  }

  AppView next() {
    App app = PlanCase.app(Serialization.unmarshal(manifest(), JsonNode.class));
    return new AppView(
        app,
        PlanCase.settings(chance(0.1) ? "" : PlanCase.ACCOUNT, "eu-central-1"),
        observations(app),
        attempts(),
        recorded(),
        chance(0.7) ? Map.of("store-master", new Sensitive("canary")) : Map.of(),
        Map.of(),
        chance(0.5) ? Set.of("old-cluster/old-ns") : Set.of(),
        null,
        chance(0.8),
        chance(0.5) ? ChangeGate.OPEN : new ChangeGate(false, HeldChanges.NONE, "approval"));
  }

  private String manifest() {
    return """
        deleting: %s
        spec:
          image: a:1
          %s
          %s
          deletionPolicy: %s
          deletionProtection: %s
        """
        .formatted(
            chance(0.4),
            chance(0.6) ? "database: {rds: {engine: postgres" + existing() + "}}" : "",
            chance(0.6) ? "storage: {s3: {}}" : "",
            pick(List.of("Snapshot", "Retain", "Delete")),
            chance(0.5));
  }

  private String existing() {
    return chance(0.2) ? ", existing: {id: orders}" : "";
  }

  private Map<ComponentName, Observation<?>> observations(App app) {
    Map<ComponentName, Observation<?>> observations = new HashMap<>();
    for (FakeComponent<?> component : FakeCatalogue.ALL) {
      if (chance(0.1)) {
        observations.put(component.name(), new Observation.Unknown<>("waiting"));
      } else if (chance(0.3)) {
        observations.put(component.name(), new Observation.Absent<>());
      } else if (chance(0.97)) {
        observations.put(component.name(), new Observation.Present<>(row(app, component)));
      }
    }
    return observations;
  }

  private FakeRow row(App app, FakeComponent<?> component) {
    String owner = chance(0.7) ? "ours" : pick(OWNERS);
    Map<String, String> tags = PlanCase.tags(app, component, owner);
    if (chance(0.2)) {
      tags.put(OwnershipTags.RETAINED, "SNAPSHOT");
    }
    if (chance(0.1)) {
      tags.put(OwnershipTags.ADOPTED, "true");
    }
    if (chance(0.2)) {
      tags.put(OwnershipTags.ALLOWED_NAMESPACE, "prod");
    }
    if (chance(0.3)) {
      tags.put(
          OwnershipTags.DELETION_POLICY, pick(List.of("SNAPSHOT", "RETAIN", "DELETE", "NONSENSE")));
    }
    Map<String, String> values = new TreeMap<>(FakeComponent.values(app));
    if (chance(0.3)) {
      values.put(pick(List.of("size", "class", "engine")), "other");
    }
    return FakeCatalogue.row(
        component,
        new FakeRow.Thing(
            app.resourceName(), "arn:" + component.text(), tags, pick(STATES), values));
  }

  private Map<ComponentName, Attempt> attempts() {
    Map<ComponentName, Attempt> attempts = new HashMap<>();
    for (FakeComponent<?> component : FakeCatalogue.ALL) {
      if (chance(0.3)) {
        attempts.put(component.name(), new Attempt(chance(0.3), failure(), failure()));
      }
    }
    return attempts;
  }

  private @Nullable CloudFailure failure() {
    return chance(0.5)
        ? null
        : new CloudFailure(
            pick(List.of(CloudFailure.Kind.values())), "fake:Do", "Code", "no", "ask", false);
  }

  private Recorded recorded() {
    Map<ComponentName, String> ids = new HashMap<>();
    Set<ComponentName> begun = new java.util.HashSet<>();
    for (FakeComponent<?> component : FakeCatalogue.ALL) {
      if (chance(0.5)) {
        ids.put(component.name(), "arn:" + component.text());
      } else if (chance(0.2)) {
        begun.add(component.name());
      }
    }
    List<String> retained = chance(0.2) ? List.of("store: fake-store arn:store in x") : List.of();
    String account = chance(0.9) ? PlanCase.ACCOUNT : "999988887777";
    return new Recorded(
        ids,
        begun,
        retained,
        List.of(),
        account,
        "eu-west-1",
        "eu-central-1",
        HeldChanges.NONE,
        Map.of());
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
