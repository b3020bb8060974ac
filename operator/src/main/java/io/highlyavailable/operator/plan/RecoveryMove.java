package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Recovery;
import java.util.List;

/**
 * Takes an app's copies from one recovery region to another in two steps: what is in the old one
 * leaves as its policies say, then the new one is used. A status names one recovery region, so that
 * nothing is ever left behind in a region that nobody looks at any more.
 */
public final class RecoveryMove {
  private RecoveryMove() {}

  /**
   * The app to plan for now: without copies while there are some in a region that is not asked for
   * any more.
   */
  public static App next(App app, Recorded recorded, List<Component<?, ?>> catalogue) {
    String before = recorded.recoveryRegion();
    boolean elsewhere =
        !before.isEmpty()
            && app.recoverySettings().filter(it -> !it.region().equals(before)).isPresent();
    boolean left =
        catalogue.stream()
            .filter(Component::inRecoveryRegion)
            .anyMatch(component -> recorded.knows(component.name()));
    return elsewhere && left ? app.withoutRecovery() : app;
  }

  /**
   * The region of the app's copies: the one asked for, else the one in which there may still be
   * some; empty for none.
   */
  public static String region(App app, Recorded recorded) {
    return app.recoverySettings().map(Recovery::region).orElse(recorded.recoveryRegion());
  }
}
