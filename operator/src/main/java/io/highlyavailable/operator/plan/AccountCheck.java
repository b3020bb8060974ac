package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Component;
import java.util.List;

/**
 * Stops all writes while it is not known whose account the operator acts in, or when its
 * credentials or the app's region are not those under which the resources were made: everything
 * would look absent, and be created a second time.
 */
final class AccountCheck {
  private AccountCheck() {}

  /** Whether writes must stop. */
  static boolean fails(AppView view) {
    return unknown(view) || elsewhere(view);
  }

  private static boolean unknown(AppView view) {
    return view.settings().accountId().isEmpty();
  }

  private static boolean elsewhere(AppView view) {
    Recorded recorded = view.recorded();
    return differs(recorded.accountId(), view.settings().accountId())
        || differs(recorded.region(), view.app().region());
  }

  /** What there is to say of a component meanwhile. */
  static Report report(Component<?, ?> component, AppView view) {
    return unknown(view) ? unknown(component, view) : elsewhere(component, view);
  }

  private static Report unknown(Component<?, ?> component, AppView view) {
    Report report =
        report(component, view, Standing.PROGRESSING, "waiting to learn the AWS account", "");
    return Failures.overlay(report, new Attempt(false, view.identityFailure(), null));
  }

  private static Report elsewhere(Component<?, ?> component, AppView view) {
    Recorded recorded = view.recorded();
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
    return report(component, view, Standing.FAILED, message, nextStep);
  }

  private static Report report(
      Component<?, ?> component, AppView view, Standing standing, String message, String nextStep) {
    return new Report(
        component.name().value(),
        component.kind(),
        component.condition(),
        standing,
        view.recorded().id(component.name()).orElse(""),
        "",
        "",
        message,
        nextStep,
        List.of());
  }

  private static boolean differs(String recorded, String current) {
    return !recorded.isEmpty() && !current.isEmpty() && !recorded.equals(current);
  }
}
