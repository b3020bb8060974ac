package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Ownership;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides for one component that the spec asks for: first whether the resource is ours, then
 * whether it is what is wanted, then whether it works.
 */
final class WantedComponent<D, R extends CloudResource> {
  private final Component<D, R> component;
  private final AppView view;
  private final Upstream upstream;
  private final App app;

  WantedComponent(Component<D, R> component, AppView view, Upstream upstream) {
    this.component = component;
    this.view = view;
    this.upstream = upstream;
    this.app = view.app();
  }

  Decision<R> decide() {
    Optional<String> name = component.resourceName(app, view.settings());
    if (name.isEmpty()) {
      return Decision.only(progressing("waiting to learn the AWS account"));
    }
    Observation<R> observation = view.observation(component.name());
    return switch (observation) {
      case Observation.Unknown<R>(String reason) ->
          Decision.only(progressing(reason).inState(view.recorded().state(component.name())));
      case Observation.Absent<R>() -> absent(name.get());
      case Observation.Present<R>(R row) -> component.managed() ? present(row) : referenced(row);
    };
  }

  private Decision<R> absent(String name) {
    if (!component.managed()) {
      return component.none(name).map(this::referenced).orElseGet(this::missing);
    }
    Optional<String> lost = view.recorded().id(component.name());
    boolean kept = component.holdsData() && !component.startsOver();
    if (kept && lost.isPresent() && !decidedAnew()) {
      return Decision.only(dataLossSuspected(lost.get()));
    }
    return switch (component.uncreatable(app, upstream).orElse(null)) {
      case Desired.Waiting<D>(String reason) -> Decision.only(progressing(reason));
      case Desired.Impossible<D>(String reason, String nextStep) ->
          Decision.only(failed(reason, nextStep));
      case Desired.Known<D> known -> create(name, known);
      case null -> create(name, component.desired(app, upstream));
    };
  }

  private Decision<R> missing() {
    return Decision.only(report(component.missing(app)));
  }

  /** A decision that was in force already when the resource was lost is not about the loss. */
  private boolean decidedAnew() {
    String decided = component.beginning(app);
    return !decided.isEmpty()
        && !decided.equals(view.recorded().beginnings().get(component.name()));
  }

  private Decision<R> create(String name, Desired<D> state) {
    return switch (state) {
      case Desired.Known<D>(D desired) ->
          new Decision<>(
              progressing("being created").inState(Report.CREATING),
              new Action.Create<>(name, desired, tags()),
              null);
      case Desired.Waiting<D>(String reason) -> Decision.only(progressing(reason));
      case Desired.Impossible<D>(String reason, String nextStep) ->
          Decision.only(failed(reason, nextStep));
    };
  }

  private Decision<R> referenced(R row) {
    return switch (component.desired(app, upstream)) {
      case Desired.Known<D>(D desired) ->
          new Decision<>(
              seen(row, Report.REFERENCED, component.readiness(desired, row)), null, row);
      case Desired.Waiting<D>(String reason) ->
          Decision.only(seen(row, Report.REFERENCED, new Readiness.Progressing(reason)));
      case Desired.Impossible<D>(String reason, String nextStep) ->
          Decision.only(seen(row, Report.REFERENCED, new Readiness.Failed(reason, nextStep)));
    };
  }

  private Decision<R> present(R row) {
    if (Owner.unknown(component, view)) {
      return Decision.only(progressing("waiting to learn whose it is"));
    }
    return switch (Owner.of(component, view, row)) {
      case FOREIGN -> Decision.only(foreign(row));
      case FORMER_OWNER -> formerOwner(row);
      case OURS, PREDECESSOR -> ours(row);
    };
  }

  private Decision<R> formerOwner(R row) {
    String owner = OwnershipTags.formerOwner(Owner.tags(component, view, row));
    if (view.approvedFormerOwners().contains(owner)) {
      return ours(row);
    }
    return Decision.only(
        failed(
            component.kind()
                + " "
                + row.id()
                + " belongs to this app in another cluster or namespace ("
                + owner
                + ")",
            "If that owner is gone, an administrator approves it in the operator's"
                + " configuration: approvedFormerOwners: ["
                + owner
                + "]"));
  }

  private Decision<R> ours(R row) {
    if (row.deleting()) {
      return new Decision<>(
          seen(row, Report.CREATED, new Readiness.Progressing("the provider is deleting it")),
          null,
          null);
    }
    Optional<Action<D, R>> retag = retag(row);
    if (retag.isPresent()) {
      return new Decision<>(
          seen(row, Report.CREATED, new Readiness.Progressing("its tags are being set"))
              .withDrift(tagDrift(row, retag.get())),
          retag.get(),
          row);
    }
    return switch (component.desired(app, upstream)) {
      case Desired.Known<D>(D desired) -> compare(row, desired);
      case Desired.Waiting<D>(String reason) ->
          new Decision<>(seen(row, Report.CREATED, new Readiness.Progressing(reason)), null, row);
      case Desired.Impossible<D>(String reason, String nextStep) ->
          new Decision<>(
              seen(row, Report.CREATED, new Readiness.Failed(reason, nextStep)), null, row);
    };
  }

  private Decision<R> compare(R row, D desired) {
    List<Difference> differences = component.differences(desired, row);
    List<Difference> changes =
        differences.stream().filter(d -> d.impact() != Impact.REPLACING).toList();
    List<Difference> due = changes.stream().filter(this::let).toList();
    List<Drift> drift = differences.stream().map(this::drift).toList();
    Report report = seen(row, Report.CREATED, component.readiness(desired, row)).withDrift(drift);
    if (changes.size() < differences.size()) {
      report = report.with(Standing.FAILED, replacement(differences), REPLACEMENT_STEP);
    } else if (!due.isEmpty() && report.ready()) {
      report = report.with(Standing.PROGRESSING, "being changed: " + fields(due), "");
    } else if (report.ready() && due.size() < changes.size()) {
      report = report.with(Standing.READY, waiting(changes), APPROVAL_STEP);
    } else if (report.ready()) {
      report = report.with(Standing.READY, component.remark(row), "");
    }
    boolean change = !due.isEmpty() && !row.inTransition();
    return new Decision<>(
        report,
        change ? new Action.Update<>(row, desired, due) : null,
        row,
        gated(changes),
        due.size() < changes.size());
  }

  private boolean let(Difference change) {
    return view.gate().lets(component.name().value(), change);
  }

  private List<HeldChanges.Change> gated(List<Difference> changes) {
    return changes.stream()
        .filter(change -> change.impact().gated())
        .map(change -> HeldChanges.Change.of(component.name().value(), change))
        .toList();
  }

  private static final String APPROVAL_STEP =
      "To have it made now, set the annotation highlyavailable.io/approved-plan to the value of"
          + " status.plan.hash";

  private String waiting(List<Difference> changes) {
    return changes.stream()
        .filter(change -> !let(change))
        .collect(
            Collectors.groupingBy(
                change -> view.gate().waitsFor(change), TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(held -> "waiting for " + held.getKey() + ": " + fields(held.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static final String REPLACEMENT_STEP =
      "Set the field back, or create a second app with the new value and move the data";

  private static String replacement(List<Difference> differences) {
    return "cannot be changed without replacing it: "
        + fields(differences.stream().filter(d -> d.impact() == Impact.REPLACING).toList());
  }

  private static String fields(List<Difference> differences) {
    return String.join(", ", differences.stream().map(Difference::toString).toList());
  }

  private Drift drift(Difference difference) {
    if (difference.impact() == Impact.REPLACING) {
      return new Drift(difference, Drift.Outcome.REFUSED);
    }
    return new Drift(
        difference, let(difference) ? Drift.Outcome.CORRECTING : Drift.Outcome.WAITING);
  }

  /** Tags that a re-attached or released resource is given for the first time are no drift. */
  private List<Drift> tagDrift(R row, Action<D, R> retag) {
    boolean ours =
        OwnershipTags.classify(app.identity(), component.name().value(), row.tags())
            == Ownership.OURS;
    if (!ours || !(retag instanceof Action.Tag<D, R> tag) || !tag.remove().isEmpty()) {
      return List.of();
    }
    return new TreeMap<>(tag.set())
        .entrySet().stream()
            .map(
                entry ->
                    new Difference(
                        "tag " + entry.getKey(),
                        entry.getValue(),
                        row.tags().getOrDefault(entry.getKey(), "none"),
                        Impact.IN_PLACE))
            .map(this::drift)
            .toList();
  }

  private Optional<Action<D, R>> retag(R row) {
    if (component.partOf().isPresent()) {
      return Optional.empty();
    }
    Map<String, String> missing = new TreeMap<>(tags());
    missing.entrySet().removeIf(tag -> tag.getValue().equals(row.tags().get(tag.getKey())));
    boolean retained = row.tags().containsKey(OwnershipTags.RETAINED);
    if (missing.isEmpty() && !retained) {
      return Optional.empty();
    }
    return Optional.of(
        new Action.Tag<>(row, missing, retained ? List.of(OwnershipTags.RETAINED) : List.of()));
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>(app.tags());
    tags.putAll(OwnershipTags.of(app.identity(), component.name().value()));
    if (component.holdsData()) {
      tags.put(OwnershipTags.DELETION_POLICY, component.deletionPolicy(app).name());
    }
    return tags;
  }

  private Report foreign(R row) {
    return failed(
        component.kind() + " " + row.id() + " exists and is not this app's: its tags say so",
        "Delete or rename it, or give the app another name; it is left untouched");
  }

  private Report dataLossSuspected(String id) {
    return failed(
        "DataLossSuspected: " + id + " was there and is gone; it is not recreated empty",
        component.waysBack(app, upstream));
  }

  private Report seen(R row, String ownership, Readiness readiness) {
    Report base = report(readiness);
    return new Report(
        base.name(),
        base.kind(),
        base.condition(),
        base.standing(),
        row.id(),
        ownership,
        row.state(),
        base.message(),
        base.nextStep(),
        List.of());
  }

  private Report report(Readiness readiness) {
    return switch (readiness) {
      case Readiness.Ready() -> report(Standing.READY, "", "");
      case Readiness.Progressing(String reason) -> progressing(reason);
      case Readiness.Failed(String reason, String nextStep) -> failed(reason, nextStep);
    };
  }

  private Report progressing(String message) {
    return report(Standing.PROGRESSING, message, "");
  }

  private Report failed(String message, String nextStep) {
    return report(Standing.FAILED, message, nextStep);
  }

  private Report report(Standing standing, String message, String nextStep) {
    return new Report(
        component.name().value(),
        component.kind(),
        component.condition(app),
        standing,
        view.recorded().id(component.name()).orElse(""),
        "",
        "",
        message,
        nextStep,
        List.of());
  }
}
