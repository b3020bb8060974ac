package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Ownership;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Decides for one component that is not asked for any more, because its block or the whole app was
 * removed. Data goes only with consent: protection off, and a policy that says so.
 */
final class UnwantedComponent<D, R extends CloudResource> {
  private static final String LATER = "waiting for the workload to go";

  private final Component<D, R> component;
  private final AppView view;
  private final App app;
  private final Dependents dependents;

  /**
   * What is left of the components that are made of this one.
   *
   * @param left names of those still there
   * @param retained names of those kept
   */
  record Dependents(List<String> left, List<String> retained) {}

  UnwantedComponent(Component<D, R> component, AppView view, Dependents dependents) {
    this.component = component;
    this.view = view;
    this.app = view.app();
    this.dependents = dependents;
  }

  /** What becomes of it. */
  sealed interface Fate<R extends CloudResource> {
    /** Nothing of the app's is there. */
    record Gone<R extends CloudResource>() implements Fate<R> {}

    /** It is kept; nothing more is done. */
    record Kept<R extends CloudResource>(String line) implements Fate<R> {}

    /** Something has to happen or to end first. */
    record Leaving<R extends CloudResource>(
        Report report, String waitingFor, List<Action<?, R>> action, List<String> snapshots)
        implements Fate<R> {}
  }

  Fate<R> decide() {
    if (!component.managed()) {
      return new Fate.Gone<>();
    }
    if (component.resourceName(app, view.settings()).isEmpty()) {
      return leaving("", "", "waiting to learn the AWS account");
    }
    Observation<R> observation = view.observation(component.name());
    return switch (observation) {
      case Observation.Unknown<R>(String reason) -> leaving("", "", reason);
      case Observation.Absent<R>() -> absent();
      case Observation.Present<R>(R row) -> present(row);
    };
  }

  /** What is being created now, or may have been, must not be left behind. */
  private Fate<R> absent() {
    boolean begun =
        view.attempt(component.name()).inFlight() || view.creations().unsettled(component.name());
    return begun
        ? leaving("", Report.CREATING, "waiting to learn whether it was created")
        : new Fate.Gone<>();
  }

  private Fate<R> present(R row) {
    if (Owner.unknown(component, view)) {
      return leaving(row.id(), row.state(), "waiting to learn whose it is");
    }
    if (classify(row) != Ownership.OURS) {
      return new Fate.Gone<>();
    }
    if (row.deleting()) {
      return leaving(row.id(), row.state(), "the provider is deleting it");
    }
    String retained = row.tags().get(OwnershipTags.RETAINED);
    if (retained != null) {
      return new Fate.Kept<>(kept(row));
    }
    if (!dependents.left().isEmpty()) {
      return leaving(
          row.id(), row.state(), "waiting for " + String.join(", ", dependents.left()) + " to go");
    }
    Disposal disposal = disposal(row);
    boolean nothingToMark = component.partOf().isPresent() && disposal instanceof Disposal.Retain;
    return nothingToMark ? new Fate.Kept<>(kept(row)) : dispose(row, disposal);
  }

  private Disposal disposal(R row) {
    if (OwnershipTags.adopted(row.tags())) {
      return new Disposal.Retain(DeletionPolicy.RETAIN.name(), "it was adopted, not made");
    }
    DeletionPolicy policy = policy(row);
    if (component.partOf().isPresent()) {
      return component.disposal(policy, app, row);
    }
    if (!dependents.retained().isEmpty()) {
      return new Disposal.Retain(
          policy.name(), "in use by " + String.join(", ", dependents.retained()));
    }
    if (!component.holdsData()) {
      return new Disposal.Delete();
    }
    if (app.deletionProtection()) {
      return new Disposal.Retain(policy.name(), "deletionProtection is true");
    }
    return component.disposal(policy, app, row);
  }

  /**
   * The policy of the spec, or, when its block is gone and the policy with it, the last one that
   * was in force; without any, nothing is deleted.
   */
  private DeletionPolicy policy(R row) {
    boolean data = component.holdsData() || component.partOf().isPresent();
    if (!data || component.wanted(app)) {
      return component.deletionPolicy(app);
    }
    String tag = Owner.tags(component, view, row).get(OwnershipTags.DELETION_POLICY);
    return Stream.of(DeletionPolicy.values())
        .filter(policy -> policy.name().equals(tag))
        .findFirst()
        .orElse(DeletionPolicy.RETAIN);
  }

  /** What there is to say while other things have to go first. */
  Report later() {
    Observation<R> observation = view.observation(component.name());
    return observation instanceof Observation.Present<R>(R row) && classify(row) == Ownership.OURS
        ? report(row.id(), row.state(), LATER)
        : report("", "", LATER);
  }

  private Ownership classify(R row) {
    return Owner.of(component, view, row);
  }

  private Fate<R> dispose(R row, Disposal disposal) {
    return switch (disposal) {
      case Disposal.Retain(String policy, String reason) ->
          leaving(
              row,
              "being marked as retained: " + reason,
              new Action.Tag<>(row, Map.of(OwnershipTags.RETAINED, policy), List.of()),
              List.of());
      case Disposal.Delete() ->
          leaving(row, "being deleted", new Action.Delete<>(row, disposal), List.of());
      case Disposal.SnapshotThenDelete(String snapshot) ->
          leaving(
              row,
              "being deleted after final snapshot " + snapshot,
              new Action.Delete<>(row, disposal),
              List.of(snapshot));
    };
  }

  private Fate<R> leaving(R row, String message, Action<?, R> action, List<String> snapshots) {
    boolean busy = row.inTransition() && action instanceof Action.Delete<?, ?>;
    String text = busy ? "waiting for the provider to finish: " + row.state() : message;
    return new Fate.Leaving<>(
        report(row.id(), row.state(), text),
        text,
        busy ? List.of() : List.of(action),
        busy ? List.of() : snapshots);
  }

  private Fate<R> leaving(String id, String state, String message) {
    return new Fate.Leaving<>(report(id, state, message), message, List.of(), List.of());
  }

  private String kept(R row) {
    String where = Plan.Home.region(component, app.region(), view.settings().recoveryRegion());
    return component.name() + ": " + component.kind() + " " + row.id() + " in " + where;
  }

  private Report report(String id, String state, String message) {
    return new Report(
        component.name().value(),
        component.kind(),
        component.condition(app),
        Standing.REMOVING,
        id.isEmpty() ? view.recorded().id(component.name()).orElse("") : id,
        view.observation(component.name()) instanceof Observation.Present<?>(CloudResource row)
            ? Reporting.ownership(row)
            : Report.CREATED,
        state.isEmpty() ? view.recorded().state(component.name()) : state,
        message,
        "",
        List.of());
  }
}
