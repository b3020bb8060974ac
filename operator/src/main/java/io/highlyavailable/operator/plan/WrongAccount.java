package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Component;
import java.util.List;

/**
 * Stops all writes when the operator's credentials or the app's region are not those under which its
 * resources were made: everything would look absent, and be created a second time.
 */
final class WrongAccount {
  private WrongAccount() {}

  /** Whether what was recorded lies in another account or region than the one now looked at. */
  static boolean applies(AppView view) {
    Recorded recorded = view.recorded();
    return differs(recorded.accountId(), view.settings().accountId())
        || differs(recorded.region(), view.app().region());
  }

  static Report report(Component<?, ?> component, AppView view) {
    Recorded recorded = view.recorded();
    return new Report(
        component.name().value(),
        component.kind(),
        component.condition(),
        Standing.FAILED,
        recorded.id(component.name()).orElse(""),
        "",
        "",
        "WrongAccount: the resources are in account "
            + recorded.accountId()
            + ", region "
            + recorded.region()
            + ", but the operator looks at account "
            + view.settings().accountId()
            + ", region "
            + view.app().region()
            + "; nothing is written",
        "Give the operator credentials of account "
            + recorded.accountId()
            + " and set spec.aws.region to "
            + recorded.region(),
        List.of());
  }

  private static boolean differs(String recorded, String current) {
    return !recorded.isEmpty() && !current.isEmpty() && !recorded.equals(current);
  }
}
