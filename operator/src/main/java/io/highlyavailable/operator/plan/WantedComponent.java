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
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;
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
  private final OwnTags<D, R> tags;
  private final Reporting<R> say;
  private final Optional<Adopting<D, R>> adopting;

  WantedComponent(Component<D, R> component, AppView view, Upstream upstream) {
    this.component = component;
    this.view = view;
    this.upstream = upstream;
    this.app = view.app();
    this.tags = new OwnTags<>(component, app);
    this.say = new Reporting<>(component, view);
    this.adopting = Adopting.of(component, view, upstream);
  }

  Decision<R> decide() {
    Optional<String> name = component.resourceName(app, view.settings());
    if (name.isEmpty()) {
      return Decision.only(say.progressing("waiting to learn the AWS account"));
    }
    Observation<R> observation = view.observation(component.name());
    return switch (observation) {
      case Observation.Unknown<R>(String reason) ->
          Decision.only(say.progressing(reason).inState(view.recorded().state(component.name())));
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
    if (adopting.isPresent()) {
      return Decision.only(adopting.get().absent());
    }
    return switch (component.uncreatable(app, upstream).orElse(null)) {
      case Desired.Waiting<D>(String reason) -> Decision.only(say.progressing(reason));
      case Desired.Impossible<D>(String reason, String nextStep) ->
          Decision.only(say.failed(reason, nextStep));
      case Desired.Known<D> known -> create(name, known);
      case null -> create(name, component.desired(app, upstream));
    };
  }

  private Decision<R> missing() {
    return Decision.only(say.report(component.missing(app, view.settings())));
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
              say.progressing("being created").inState(Report.CREATING),
              new Action.Create<>(name, desired, tags.wanted()),
              null);
      case Desired.Waiting<D>(String reason) -> Decision.only(say.progressing(reason));
      case Desired.Impossible<D>(String reason, String nextStep) ->
          Decision.only(say.failed(reason, nextStep));
    };
  }

  private Decision<R> referenced(R row) {
    return switch (component.desired(app, upstream)) {
      case Desired.Known<D>(D desired) -> {
        Report report = say.seen(row, Report.REFERENCED, component.readiness(desired, row));
        yield new Decision<>(
            report.ready() ? report.with(Standing.READY, component.remark(app, row), "") : report,
            null,
            row);
      }
      case Desired.Waiting<D>(String reason) ->
          Decision.only(say.seen(row, Report.REFERENCED, new Readiness.Progressing(reason)));
      case Desired.Impossible<D>(String reason, String nextStep) ->
          Decision.only(say.seen(row, Report.REFERENCED, new Readiness.Failed(reason, nextStep)));
    };
  }

  private Decision<R> present(R row) {
    if (Owner.unknown(component, view)) {
      return Decision.only(say.progressing("waiting to learn whose it is"));
    }
    if (adopting.isPresent() && !adopting.get().done(row)) {
      return adopting.get().decide(row);
    }
    return switch (Owner.of(component, view, row)) {
      case FOREIGN -> Decision.only(foreign(row));
      case FORMER_OWNER -> formerOwner(row);
      case OURS, PREDECESSOR -> ours(row);
    };
  }

  private Decision<R> formerOwner(R row) {
    String owner = OwnershipTags.formerOwner(Owner.tags(component, view, row));
    return view.approvedFormerOwners().contains(owner)
        ? ours(row)
        : Decision.only(say.formerOwner(row, owner));
  }

  private Decision<R> ours(R row) {
    if (row.deleting()) {
      return new Decision<>(
          say.own(row, new Readiness.Progressing("the provider is deleting it")), null, null);
    }
    Optional<Action.Tag<D, R>> retag = tags.correction(row);
    if (retag.isPresent()) {
      return new Decision<>(
          say.own(row, new Readiness.Progressing("its tags are being set"))
              .withDrift(tags.drift(row, retag.get())),
          retag.get(),
          row);
    }
    return switch (component.desired(app, upstream)) {
      case Desired.Known<D>(D desired) -> compare(row, desired);
      case Desired.Waiting<D>(String reason) ->
          new Decision<>(say.own(row, new Readiness.Progressing(reason)), null, row);
      case Desired.Impossible<D>(String reason, String nextStep) ->
          new Decision<>(say.own(row, new Readiness.Failed(reason, nextStep)), null, row);
    };
  }

  private Decision<R> compare(R row, D desired) {
    List<Difference> differences = component.differences(desired, row);
    List<Difference> changes =
        differences.stream().filter(d -> d.impact() != Impact.REPLACING).toList();
    List<Difference> due = changes.stream().filter(this::let).toList();
    List<Drift> drift = differences.stream().map(this::drift).toList();
    Report report = say.own(row, component.readiness(desired, row)).withDrift(drift);
    if (changes.size() < differences.size()) {
      report = report.with(Standing.FAILED, replacement(differences), REPLACEMENT_STEP);
    } else if (!due.isEmpty() && report.ready()) {
      report = report.with(Standing.PROGRESSING, "being changed: " + fields(due), "");
    } else if (report.ready() && due.size() < changes.size()) {
      report = report.with(Standing.READY, waiting(changes), APPROVAL_STEP);
    } else if (report.ready()) {
      report = report.with(Standing.READY, component.remark(app, row), component.advice(app, row));
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

  private Report foreign(R row) {
    return say.failed(
        component.kind() + " " + row.id() + " exists and is not this app's: its tags say so",
        "Delete or rename it, or give the app another name; it is left untouched");
  }

  private Report dataLossSuspected(String id) {
    return say.failed(
        "DataLossSuspected: " + id + " was there and is gone; it is not recreated empty",
        component.waysBack(app, upstream));
  }
}
