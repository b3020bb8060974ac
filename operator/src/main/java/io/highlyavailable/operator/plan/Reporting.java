package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.model.OwnershipTags;
import java.util.List;

/** Says what there is to say of one wanted component. */
final class Reporting<R extends CloudResource> {
  private final Component<?, R> component;
  private final AppView view;

  Reporting(Component<?, R> component, AppView view) {
    this.component = component;
    this.view = view;
  }

  Report progressing(String message) {
    return report(Standing.PROGRESSING, message, "");
  }

  Report failed(String message, String nextStep) {
    return report(Standing.FAILED, message, nextStep);
  }

  Report report(Readiness readiness) {
    return switch (readiness) {
      case Readiness.Ready() -> report(Standing.READY, "", "");
      case Readiness.Progressing(String reason) -> progressing(reason);
      case Readiness.Failed(String reason, String nextStep) -> failed(reason, nextStep);
    };
  }

  /** A resource of the app's own, made or taken over. */
  Report own(R row, Readiness readiness) {
    return seen(row, ownership(row), readiness);
  }

  /** Whether a resource of the app's was made or taken over, as the status has it. */
  static String ownership(CloudResource row) {
    return OwnershipTags.adopted(row.tags()) ? Report.ADOPTED : Report.CREATED;
  }

  /** A resource that was looked at. */
  Report seen(R row, String ownership, Readiness readiness) {
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
        List.of(),
        component.raised(row));
  }

  /** A resource of the same app in another incarnation of its cluster or namespace. */
  Report formerOwner(R row, String owner) {
    return failed(
        component.kind()
            + " "
            + row.id()
            + " belongs to this app in another cluster or namespace ("
            + owner
            + ")",
        "If that owner is gone, an administrator approves it in the operator's"
            + " configuration: approvedFormerOwners: ["
            + owner
            + "]");
  }

  private Report report(Standing standing, String message, String nextStep) {
    return new Report(
        component.name().value(),
        component.kind(),
        component.condition(view.app()),
        standing,
        view.recorded().id(component.name()).orElse(""),
        "",
        "",
        message,
        nextStep,
        List.of());
  }
}
