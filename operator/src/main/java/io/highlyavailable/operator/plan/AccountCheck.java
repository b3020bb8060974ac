package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Component;
import java.util.List;

/**
 * Stops all writes while it is not known whose account the operator acts in, or when its
 * credentials or the app's region are not those under which the resources were made: everything
 * would look absent, and be created a second time.
 */
final class AccountCheck {
  private final AppView view;
  private final Recorded recorded;
  private final boolean settled;
  private final String recoveryRegion;

  AccountCheck(AppView view, List<Component<?, ?>> catalogue) {
    this.view = view;
    this.recorded = view.recorded();
    this.settled =
        catalogue.stream()
            .filter(Component::managed)
            .anyMatch(component -> recorded.knows(component.name()));
    this.recoveryRegion =
        catalogue.stream().filter(Component::inRecoveryRegion).anyMatch(this::concerns)
            ? view.settings().recoveryRegion()
            : "";
  }

  private boolean concerns(Component<?, ?> component) {
    boolean wanted = !view.app().deleting() && component.wanted(view.app());
    return wanted || recorded.knows(component.name());
  }

  /** Whether writes must stop. */
  boolean fails() {
    return unknown() || elsewhere();
  }

  private boolean unknown() {
    return view.settings().accountId().isEmpty();
  }

  private boolean elsewhere() {
    return settled
        && (differs(recorded.accountId(), view.settings().accountId())
            || differs(recorded.region(), view.app().region()));
  }

  /**
   * Where the app's resources are: once there are any, where they were made, whoever the operator
   * is now.
   */
  Plan.Home home() {
    return settled && !recorded.accountId().isEmpty()
        ? new Plan.Home(recorded.accountId(), recorded.region(), recoveryRegion)
        : new Plan.Home(view.settings().accountId(), view.app().region(), recoveryRegion);
  }

  /** What there is to say of a component meanwhile. */
  Report report(Component<?, ?> component) {
    return unknown() ? waiting(component) : wrong(component);
  }

  private Report waiting(Component<?, ?> component) {
    Report report = report(component, Standing.PROGRESSING, "waiting to learn the AWS account", "");
    return Failures.overlay(report, new Attempt(false, view.identityFailure(), null), true);
  }

  private Report wrong(Component<?, ?> component) {
    String message =
        ("WrongAccount: the resources are in account %s, region %s, but the operator looks at"
                + " account %s, region %s; nothing is written")
            .formatted(
                recorded.accountId(),
                recorded.region(),
                view.settings().accountId(),
                view.app().region());
    String nextStep =
        "Give the operator credentials of account %s and set spec.aws.region to %s"
            .formatted(recorded.accountId(), recorded.region());
    return report(component, Standing.FAILED, message, nextStep);
  }

  private Report report(
      Component<?, ?> component, Standing standing, String message, String nextStep) {
    return new Report(
        component.name().value(),
        component.kind(),
        component.condition(view.app()),
        standing,
        recorded.id(component.name()).orElse(""),
        "",
        recorded.state(component.name()),
        message,
        nextStep,
        List.of());
  }

  private static boolean differs(String recorded, String current) {
    return !recorded.isEmpty() && !current.isEmpty() && !recorded.equals(current);
  }
}
