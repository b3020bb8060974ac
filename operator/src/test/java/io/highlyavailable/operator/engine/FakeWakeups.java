package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes who is woken. */
final class FakeWakeups implements Wakeups {
  final List<AppKey> woken = new CopyOnWriteArrayList<>();
  final Map<AppKey, Duration> later = new ConcurrentHashMap<>();

  @Override
  public void wake(AppKey app) {
    woken.add(app);
  }

  @Override
  public void wakeAfter(AppKey app, Duration delay) {
    later.put(app, delay);
  }
}
