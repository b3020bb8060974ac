package io.highlyavailable.operator.engine;

import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.model.AppKey;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Turns what happens in clouds into reconciliations of the apps it concerns. */
public final class CloudEvents extends AbstractEventSource<Void, HighlyAvailableApp>
    implements Wakeups {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("wakeups").factory());

  /** Silent until the controller is started. */
  public CloudEvents() {
    super(Void.class, "clouds");
  }

  @Override
  public void wake(AppKey app) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(new ResourceID(app.name(), app.namespace())));
    }
  }

  @Override
  public void wakeAfter(AppKey app, Duration delay) {
    if (!timer.isShutdown()) {
      timer.schedule(() -> wake(app), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public Set<Void> getSecondaryResources(HighlyAvailableApp primary) {
    return Set.of();
  }

  @Override
  public void stop() {
    timer.shutdownNow();
    super.stop();
  }
}
