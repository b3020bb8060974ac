package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Compute;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.App;
import java.util.List;

/**
 * Moves an app between pods and instances: the new side is made beside the old one, and the old one
 * goes when the new one serves and a person has approved it. Where requests go is decided by DNS,
 * which only that person knows to have been moved.
 */
final class Move {
  private static final String APPROVAL_STEP =
      "When DNS leads to status.loadBalancer.hostname: set the annotation"
          + " highlyavailable.io/approved-plan to the value of status.plan.hash";

  private static final HeldChanges.Change TO_INSTANCES =
      new HeldChanges.Change("compute", true, "containers -> instances: the pods are removed");

  private static final HeldChanges.Change TO_PODS =
      new HeldChanges.Change("compute", true, "instances -> containers: the instances are removed");

  private final AppView view;
  private final Handover handover;
  private final boolean toInstances;
  private final boolean toPods;

  Move(AppView view, Handover handover) {
    App app = view.app();
    this.view = view;
    this.handover = handover;
    this.toInstances = !app.deleting() && app.instances().isPresent() && handover.podsLeft();
    this.toPods = !app.deleting() && app.instances().isEmpty() && instancesLeft(view);
  }

  private static boolean instancesLeft(AppView view) {
    return switch (view.observation(Compute.GROUP)) {
      case Observation.Present<?> present -> true;
      case Observation.Absent<?> absent -> false;
      case Observation.Unknown<?> unknown -> view.recorded().knows(Compute.GROUP);
    };
  }

  private boolean approved() {
    return view.gate().approved(List.of(toPods ? TO_PODS : TO_INSTANCES));
  }

  /** Whether a component of the old side stays although it is not asked for any more. */
  boolean holds(Component<?, ?> component) {
    if (toPods) {
      return Compute.isPiece(component.name()) && !(handover.podsReady() && approved());
    }
    return toInstances && component.isPodRole() && !approved();
  }

  /** What there is to say of a component that is held. */
  Report held(Report of) {
    boolean serves = toPods && handover.podsReady();
    return serves
        ? of.with(Standing.READY, "goes when that is approved", APPROVAL_STEP)
        : of.with(Standing.READY, "serves until the other side does", "");
  }

  /** Says what waits for a person, once the new side is known. */
  Plan.Turn settle(PlanBuilder plan) {
    if (!toPods && !toInstances) {
      return Plan.Turn.DONE;
    }
    boolean ready = toPods ? handover.podsReady() : plan.serving();
    if (ready) {
      plan.gated(List.of(toPods ? TO_PODS : TO_INSTANCES), !approved());
    }
    return new Plan.Turn(ready, ready && approved());
  }
}
