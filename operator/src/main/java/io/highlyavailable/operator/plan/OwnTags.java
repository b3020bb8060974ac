package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Ownership;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tags that a resource of the app's has to bear: those that say whose it is, and the user's.
 */
final class OwnTags<D, R extends CloudResource> {
  private final Component<D, R> component;
  private final App app;

  OwnTags(Component<D, R> component, App app) {
    this.component = component;
    this.app = app;
  }

  /** All of them. */
  Map<String, String> wanted() {
    Map<String, String> tags = new TreeMap<>(app.tags());
    tags.putAll(OwnershipTags.of(app.identity(), component.name().value()));
    if (component.holdsData()) {
      tags.put(OwnershipTags.DELETION_POLICY, component.deletionPolicy(app).name());
    }
    if (component.adoption().flatMap(it -> it.existing(app)).isPresent()) {
      tags.put(OwnershipTags.ADOPTED, "true");
    }
    return tags;
  }

  /** Those that a resource lacks or has with another value. */
  Map<String, String> missing(R row) {
    Map<String, String> missing = new TreeMap<>(wanted());
    missing.entrySet().removeIf(tag -> tag.getValue().equals(row.tags().get(tag.getKey())));
    return missing;
  }

  /** What makes a resource's tags as they have to be; empty when they are. */
  Optional<Action.Tag<D, R>> correction(R row) {
    if (component.partOf().isPresent()) {
      return Optional.empty();
    }
    Map<String, String> missing = missing(row);
    boolean retained = row.tags().containsKey(OwnershipTags.RETAINED);
    if (missing.isEmpty() && !retained) {
      return Optional.empty();
    }
    return Optional.of(
        new Action.Tag<>(row, missing, retained ? List.of(OwnershipTags.RETAINED) : List.of()));
  }

  /** Tags that a re-attached or released resource is given for the first time are no drift. */
  List<Drift> drift(R row, Action.Tag<D, R> correction) {
    boolean ours =
        OwnershipTags.classify(app.identity(), component.name().value(), row.tags())
            == Ownership.OURS;
    return ours && correction.remove().isEmpty()
        ? new TreeMap<>(correction.set())
            .entrySet().stream().map(entry -> drift(row, entry)).toList()
        : List.of();
  }

  private Drift drift(R row, Map.Entry<String, String> tag) {
    Difference difference =
        new Difference(
            "tag " + tag.getKey(),
            tag.getValue(),
            row.tags().getOrDefault(tag.getKey(), "none"),
            Impact.IN_PLACE);
    return new Drift(difference, Drift.Outcome.CORRECTING);
  }
}
