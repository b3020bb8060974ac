package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Adoption;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.NetworkChoice;
import io.highlyavailable.operator.model.RestoreFrom;
import io.highlyavailable.operator.model.Sensitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A component as small as can be: its desired state is a map of values, of which {@code size} is
 * changed in place, {@code class} disruptively, and {@code engine} not at all.
 *
 * @param traits what sets it apart
 * @param policy the deletion policy, for those that hold data
 * @param secret the suffix of its generated secret, or empty
 */
record FakeComponent<R extends FakeRow>(
    String text,
    Class<R> resourceType,
    List<FakeComponent<?>> upstream,
    Predicate<App> asked,
    Set<Trait> traits,
    Function<App, DeletionPolicy> policy,
    String secret)
    implements Component<Map<String, String>, R> {

  enum Trait {
    DATA,
    READ_ONLY,
    POD_ROLE,
    BINDING,
    SNAPSHOTS,
    NAMED_BY_ACCOUNT,
    COPY,
    PART,
    MADE_TWICE,
    ADOPTABLE
  }

  @Override
  public ComponentName name() {
    return new ComponentName(text);
  }

  @Override
  public String kind() {
    return "fake-" + text;
  }

  @Override
  public String condition() {
    return text + "Ready";
  }

  @Override
  public Set<ComponentName> dependsOn() {
    return Set.copyOf(upstream.stream().map(FakeComponent::name).toList());
  }

  @Override
  public boolean wanted(App app) {
    return asked.test(app);
  }

  @Override
  public Optional<String> resourceName(App app, Upstream.Settings settings) {
    boolean unknown = traits.contains(Trait.NAMED_BY_ACCOUNT) && settings.accountId().isEmpty();
    return unknown ? Optional.empty() : Optional.of(app.resourceName());
  }

  @Override
  public Optional<String> lastName(Map<ComponentName, String> ids) {
    return Optional.ofNullable(ids.get(name())).map(id -> "of-" + id);
  }

  @Override
  public Optional<Adoption<Map<String, String>, R>> adoption() {
    return traits.contains(Trait.ADOPTABLE) ? Optional.of(new FakeAdoption<>()) : Optional.empty();
  }

  @Override
  public Desired<Map<String, String>> desired(App app, Upstream known) {
    if (text.equals("group") && app.network() instanceof NetworkChoice.Existing) {
      return new Desired.Impossible<>("spec.network.existing: no such network", "name another");
    }
    for (FakeComponent<?> other : upstream) {
      if (known.ready(other.resourceType().asSubclass(CloudResource.class)).isEmpty()) {
        return new Desired.Waiting<>("waiting for the " + other.text());
      }
    }
    return !secret.isEmpty() && known.secret(secret).isEmpty()
        ? new Desired.Waiting<>("waiting for its secret")
        : new Desired.Known<>(values(app));
  }

  /** What should be. */
  static Map<String, String> values(App app) {
    int size = app.databaseSettings().map(DatabaseSettings::storageGiB).orElse(20);
    return new TreeMap<>(Map.of("size", "" + size, "class", "small", "engine", "postgres"));
  }

  @Override
  public List<Difference> differences(Map<String, String> desired, R actual) {
    return desired.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(actual.thing().values().get(entry.getKey())))
        .map(
            entry ->
                new Difference(
                    entry.getKey(),
                    entry.getValue(),
                    actual.thing().values().getOrDefault(entry.getKey(), "none"),
                    impact(entry.getKey())))
        .toList();
  }

  private static Impact impact(String field) {
    return switch (field) {
      case "engine" -> Impact.REPLACING;
      case "class" -> Impact.DISRUPTIVE;
      default -> Impact.IN_PLACE;
    };
  }

  @Override
  public Readiness readiness(Map<String, String> desired, R actual) {
    return switch (actual.state()) {
      case "available" -> new Readiness.Ready();
      case "failed" -> new Readiness.Failed("it failed", "look at it");
      default -> new Readiness.Progressing("it is " + actual.state());
    };
  }

  @Override
  public String beginning(App app) {
    return text.equals("store")
        ? app.databaseSettings()
            .map(DatabaseSettings::restoreFrom)
            .map(RestoreFrom::text)
            .orElse("")
        : "";
  }

  @Override
  public boolean holdsData() {
    return traits.contains(Trait.DATA);
  }

  @Override
  public boolean needsIntent() {
    return traits.contains(Trait.MADE_TWICE);
  }

  @Override
  public Optional<ComponentName> partOf() {
    return traits.contains(Trait.PART) ? Optional.of(upstream.getFirst().name()) : Optional.empty();
  }

  @Override
  public boolean inRecoveryRegion() {
    return traits.contains(Trait.COPY);
  }

  @Override
  public boolean managed() {
    return !traits.contains(Trait.READ_ONLY);
  }

  @Override
  public DeletionPolicy deletionPolicy(App app) {
    return policy.apply(app);
  }

  @Override
  public Disposal disposal(DeletionPolicy chosen, App app, R actual) {
    if (traits.contains(Trait.PART)) {
      return app.deleting() && app.deletionProtection()
          ? new Disposal.Retain(chosen.name(), "the whole is kept")
          : new Disposal.Delete();
    }
    return chosen == DeletionPolicy.SNAPSHOT && traits.contains(Trait.SNAPSHOTS)
        ? new Disposal.SnapshotThenDelete(actual.name() + "-final")
        : Component.super.disposal(chosen, app, actual);
  }

  @Override
  public Upstream.GeneratedSecrets generatedSecrets(App app) {
    return secret.isEmpty()
        ? Upstream.GeneratedSecrets.NONE
        : new Upstream.GeneratedSecrets(Map.of(secret, 32));
  }

  @Override
  public Optional<String> bindingSuffix() {
    return traits.contains(Trait.BINDING) ? Optional.of(text) : Optional.empty();
  }

  @Override
  public boolean isPodRole() {
    return traits.contains(Trait.POD_ROLE);
  }

  @Override
  public Optional<Binding> binding(App app, R actual, Upstream known) {
    return traits.contains(Trait.BINDING) && !actual.state().equals("creating")
        ? Optional.of(new Binding(text, "fake", Map.of("host", new Sensitive(actual.id()))))
        : Optional.empty();
  }

  @Override
  public Set<String> iamActions() {
    return Set.of();
  }
}
