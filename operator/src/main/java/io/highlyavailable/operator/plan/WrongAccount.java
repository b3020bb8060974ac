package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Component;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Stops all writes when the operator's credentials or the app's region are not those under which
 * its resources were made: everything would look absent, and be created a second time.
 */
final class WrongAccount {
  private static final int REGION = 3;
  private static final int ACCOUNT = 4;

  private WrongAccount() {}

  /** Recorded ARNs that lie elsewhere, in order; empty when all is well or nothing is known. */
  static List<String> mismatches(AppView view) {
    return view.recorded().ids().values().stream()
        .filter(id -> id.startsWith("arn:"))
        .filter(
            arn ->
                differs(part(arn, ACCOUNT), view.settings().accountId())
                    || differs(part(arn, REGION), view.app().region()))
        .sorted()
        .toList();
  }

  static Report report(Component<?, ?> component, AppView view, List<String> elsewhere) {
    return new Report(
        component.name().value(),
        component.kind(),
        component.condition(),
        Standing.FAILED,
        view.recorded().id(component.name()).orElse(""),
        "",
        "",
        "WrongAccount: "
            + elsewhere.getFirst()
            + " is not in account "
            + view.settings().accountId()
            + ", region "
            + view.app().region()
            + "; nothing is written",
        "Give the operator the credentials of the account it was installed with, and spec.aws.region"
            + " its former value",
        List.of());
  }

  private static boolean differs(Optional<String> recorded, String current) {
    return !current.isEmpty() && recorded.filter(value -> !value.equals(current)).isPresent();
  }

  private static Optional<String> part(String arn, int index) {
    return Stream.of(arn.split(":", -1)).skip(index).findFirst().filter(part -> !part.isEmpty());
  }
}
