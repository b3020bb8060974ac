package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;

/** How the engine says that an app should be looked at again. */
public interface Wakeups {
  /** Now. */
  void wake(AppKey app);

  /** After a while; if it is looked at before, this does no harm. */
  void wakeAfter(AppKey app, Duration delay);
}
