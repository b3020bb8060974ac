package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Adoption;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Ownership;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides whether an app may take over the resource that its spec names, and holds it back until a
 * person has approved exactly what that changes. Nothing is written to it before.
 */
final class Adopting<D, R extends CloudResource> {
  private static final String APPROVAL =
      "Look at status.plan, and set the annotation highlyavailable.io/approved-plan to the value of"
          + " status.plan.hash";

  private final Component<D, R> component;
  private final Adoption<D, R> adoption;
  private final String name;
  private final AppView view;
  private final Upstream upstream;
  private final App app;
  private final OwnTags<D, R> tags;
  private final Reporting<R> say;

  private Adopting(
      Component<D, R> component,
      Adoption<D, R> adoption,
      String name,
      AppView view,
      Upstream upstream) {
    this.component = component;
    this.adoption = adoption;
    this.name = name;
    this.view = view;
    this.upstream = upstream;
    this.app = view.app();
    this.tags = new OwnTags<>(component, app);
    this.say = new Reporting<>(component, view);
  }

  /** Empty for a component whose resource is the operator's to make. */
  static <D, R extends CloudResource> Optional<Adopting<D, R>> of(
      Component<D, R> component, AppView view, Upstream upstream) {
    return component
        .adoption()
        .flatMap(
            adoption ->
                adoption
                    .existing(view.app())
                    .map(name -> new Adopting<>(component, adoption, name, view, upstream)));
  }

  /** Whether it has been taken over, and nobody has given it up since. */
  boolean done(R row) {
    return whose(row) == Ownership.OURS
        && OwnershipTags.adopted(row.tags())
        && !row.tags().containsKey(OwnershipTags.RETAINED);
  }

  /** It is not there, and never was as far as is known. */
  Report absent() {
    return say.failed(
        "%s: there is no %s %s in account %s, region %s; nothing is created in its place"
            .formatted(
                adoption.field(),
                component.kind(),
                name,
                view.settings().accountId(),
                app.region()),
        "Remove the block, apply, and add it again: with the name of one that is there, or without"
            + " existing for one that the operator makes. One in another region needs an app in that"
            + " region (spec.aws.region)");
  }

  /** What to do about a resource that is there and was not taken over yet. */
  Decision<R> decide(R row) {
    Optional<Report> barred = barred(row);
    if (barred.isPresent()) {
      return Decision.only(barred.get());
    }
    return switch (component.desired(app, upstream)) {
      case Desired.Known<D>(D desired) -> weigh(row, desired);
      case Desired.Waiting<D>(String reason) -> Decision.only(say.progressing(reason));
      case Desired.Impossible<D>(String reason, String nextStep) ->
          Decision.only(say.failed(reason, nextStep));
    };
  }

  /** Why the app may not have it, if it may not. */
  private Optional<Report> barred(R row) {
    Ownership whose = whose(row);
    if (row.deleting()) {
      return Optional.of(say.failed(what(row) + " is being deleted", "Name another one"));
    }
    if (whose == Ownership.OURS || whose == Ownership.PREDECESSOR) {
      return Optional.empty();
    }
    boolean retained = row.tags().containsKey(OwnershipTags.RETAINED);
    boolean live = row.tags().containsKey(OwnershipTags.UID) && !retained;
    if (whose == Ownership.FOREIGN && live) {
      return Optional.of(owned(row));
    }
    boolean allowed =
        app.identity().namespace().equals(row.tags().get(OwnershipTags.ALLOWED_NAMESPACE));
    if (allowed && !live) {
      return Optional.empty();
    }
    boolean inherited = OwnershipTags.releasedTo(tags.wanted(), row.tags()) && retained;
    if (whose != Ownership.FORMER_OWNER && !inherited) {
      return Optional.of(notReleased(row));
    }
    String owner = OwnershipTags.formerOwner(row.tags());
    boolean same = owner.equals(app.identity().clusterUid() + "/" + app.identity().namespaceUid());
    return same || view.approvedFormerOwners().contains(owner)
        ? Optional.empty()
        : Optional.of(say.formerOwner(row, owner));
  }

  private Ownership whose(R row) {
    return OwnershipTags.classify(app.identity(), component.name().value(), row.tags());
  }

  private String what(R row) {
    return adoption.field() + ": " + component.kind() + " " + row.id();
  }

  private Report owned(R row) {
    Map<String, String> theirs = row.tags();
    return say.failed(
        "%s belongs to app %s in namespace %s of cluster %s"
            .formatted(
                what(row),
                theirs.getOrDefault(OwnershipTags.NAME, "?"),
                theirs.getOrDefault(OwnershipTags.NAMESPACE, "?"),
                theirs.getOrDefault(OwnershipTags.CLUSTER_ID, "?")),
        "Name another one, or have it removed from that app first, with a deletion policy that"
            + " retains it");
  }

  private Report notReleased(R row) {
    String namespace = app.identity().namespace();
    return say.failed(
        what(row)
            + " is not released to namespace "
            + namespace
            + ": it has no tag "
            + OwnershipTags.ALLOWED_NAMESPACE
            + "="
            + namespace,
        "An administrator releases it: "
            + adoption.tagCommand(
                view.settings().accountId(), row.id(), OwnershipTags.ALLOWED_NAMESPACE, namespace));
  }

  private Decision<R> weigh(R row, D desired) {
    Optional<Desired.Impossible<D>> refusal = adoption.refusal(app, desired, row);
    if (refusal.isPresent()) {
      return Decision.only(
          say.failed(what(row) + " " + refusal.get().reason(), refusal.get().nextStep()));
    }
    List<Difference> differences = component.differences(desired, row);
    String fixed =
        differences.stream()
            .filter(difference -> difference.impact() == Impact.REPLACING)
            .map(Difference::toString)
            .collect(Collectors.joining(", "));
    if (!fixed.isEmpty()) {
      return Decision.only(
          say.failed(
              what(row) + " differs in what cannot be changed: " + fixed,
              "Change the spec to what it is, or name another one"));
    }
    List<HeldChanges.Change> changes = changes(row, differences);
    boolean approved = view.gate().approved(changes);
    return new Decision<>(
        say.seen(row, Report.REFERENCED, standing(changes, approved)),
        approved ? tags.correction(row).orElse(null) : null,
        null,
        changes,
        !approved);
  }

  private Readiness standing(List<HeldChanges.Change> changes, boolean approved) {
    return approved
        ? new Readiness.Progressing("being adopted: its tags are being set")
        : new Readiness.Failed(
            "AdoptionPending: %s changes nothing before its %d changes are approved"
                .formatted(adoption.field(), changes.size()),
            APPROVAL);
  }

  private List<HeldChanges.Change> changes(R row, List<Difference> differences) {
    String self = component.name().value();
    List<HeldChanges.Change> changes = new ArrayList<>();
    changes.add(
        new HeldChanges.Change(
            self,
            HeldChanges.Kind.ADOPT,
            false,
            "%s %s becomes this app's, never deleted by it; tags set: %s"
                .formatted(
                    component.kind(), row.id(), String.join(", ", tags.missing(row).keySet()))));
    adoption
        .effects(app, row)
        .forEach(
            effect ->
                changes.add(new HeldChanges.Change(self, HeldChanges.Kind.ADOPT, false, effect)));
    differences.forEach(difference -> changes.add(HeldChanges.Change.of(self, difference)));
    return changes;
  }
}
