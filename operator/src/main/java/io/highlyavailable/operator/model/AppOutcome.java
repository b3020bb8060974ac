package io.highlyavailable.operator.model;

import java.util.List;
import java.util.stream.Collectors;

/** What became of a custom resource when it was checked and its defaults were filled in. */
public sealed interface AppOutcome {
  /** Who it is, whether valid or not. */
  AppIdentity identity();

  /**
   * It can be worked with.
   *
   * @param app with every default filled in
   */
  record Valid(App app) implements AppOutcome {
    @Override
    public AppIdentity identity() {
      return app.identity();
    }
  }

  /**
   * It cannot work until a person changes it. Nothing is written for it meanwhile; what runs keeps
   * running.
   *
   * @param identity who it is
   * @param violations what is wrong, at least one, in the order of the spec
   */
  record InvalidSpec(AppIdentity identity, List<Violation> violations) implements AppOutcome {
    public InvalidSpec {
      violations = List.copyOf(violations);
    }

    /** All violations in one stable line. */
    public String message() {
      return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
  }
}
