package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.model.NetworkChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stops all writes while it is not known whose account the operator acts in, or which VPC the
 * cluster's is though groups were made in it, or when its credentials or the app's region are not
 * those under which the resources were made: everything would look absent, and be created a second
 * time or left behind.
 */
final class AccountCheck {
  private final AppView view;
  private final Recorded recorded;
  private final boolean settled;
  private final boolean grouped;
  private final String recoveryRegion;

  AccountCheck(AppView view, List<Component<?, ?>> catalogue) {
    this.view = view;
    this.recorded = view.recorded();
    this.settled =
        catalogue.stream()
            .filter(Component::managed)
            .anyMatch(component -> recorded.knows(component.name()));
    this.grouped =
        catalogue.stream()
            .filter(component -> component.kind().equals("security-group"))
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
    return unknown() || unplaced() || elsewhere();
  }

  /** Security groups are found by the id of their VPC, and EKS does not tell the cluster's. */
  private boolean unplaced() {
    return grouped
        && view.settings().clusterFailure() != null
        && view.settings().vpcId().isEmpty()
        && view.app().network() instanceof NetworkChoice.Discover;
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
    if (unknown()) {
      return waiting(component, "the AWS account", view.identityFailure());
    }
    return unplaced()
        ? waiting(component, "the cluster's VPC", view.settings().clusterFailure())
        : wrong(component);
  }

  private Report waiting(Component<?, ?> component, String what, @Nullable CloudFailure why) {
    Report report = report(component, Standing.PROGRESSING, "waiting to learn " + what, "");
    return Failures.overlay(report, new Attempt(false, why, null), true);
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
