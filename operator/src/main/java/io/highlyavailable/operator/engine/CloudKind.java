package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.AppKey;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One kind of resource in one region, for all apps: its decisions, its adapter, its inventory, and
 * which app is interested in which row.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
final class CloudKind<D, R extends CloudResource> {
  private final Component<D, R> component;
  private final Adapter<D, R> adapter;
  private final Inventory<R> inventory;
  private final Wakeups wakeups;
  private final Map<AppKey, String> interest = new ConcurrentHashMap<>();
  private final Signal signal = new Signal();
  private final AtomicBoolean refreshRequested = new AtomicBoolean();

  CloudKind(
      Component<D, R> component,
      Adapter<D, R> adapter,
      Function<Throwable, CloudFailure> classifier,
      CloudSettings settings,
      InstantSource clock,
      Wakeups wakeups) {
    this.component = component;
    this.adapter = adapter;
    this.inventory = new Inventory<>(adapter, classifier, clock, settings.settleWindow());
    this.wakeups = wakeups;
  }

  Component<D, R> component() {
    return component;
  }

  Adapter<D, R> adapter() {
    return adapter;
  }

  Inventory<R> inventory() {
    return inventory;
  }

  /** Rung when there is a reason to poll before the interval is over. */
  Signal signal() {
    return signal;
  }

  /** What is known of an app's resource; from now on its changes wake the app. */
  Observation<R> observe(AppKey app, String name) {
    String before = interest.put(app, name);
    if (!name.equals(before)) {
      inventory.markUnread(name);
      signal.ring();
    }
    Observation<R> observation = inventory.observe(name);
    if (observation instanceof Observation.Unknown<R>) {
      signal.ring();
    }
    return observation;
  }

  /** Lists at once, and reads an app's resource in full again. */
  void refresh(AppKey app) {
    String name = interest.get(app);
    if (name != null) {
      inventory.markUnread(name);
      refreshRequested.set(true);
      signal.ring();
    }
  }

  /** Whether a refresh was asked for since this was last asked. */
  boolean takeRefresh() {
    return refreshRequested.getAndSet(false);
  }

  /** The app is gone, or has no use for this kind any more. */
  void forget(AppKey app) {
    interest.remove(app);
  }

  /**
   * Whether something is about to change: the provider is at work, or what others make and we only
   * read is not there yet.
   */
  boolean awaits(Set<String> names) {
    return inventory.inTransition(names)
        || !component.managed()
            && names.stream().allMatch(name -> component.none(name).isEmpty())
            && inventory.lacks(names);
  }

  /** The names that any app is interested in. */
  Set<String> names() {
    return Set.copyOf(interest.values());
  }

  /** Wakes the apps that are interested in a row. */
  void changed(String name) {
    interestedIn(name).forEach(wakeups::wake);
  }

  /** Wakes the apps that a listing concerns. */
  void changed(Inventory.Changes changes) {
    if (changes.all()) {
      interest.keySet().forEach(wakeups::wake);
    } else {
      changes.names().forEach(this::changed);
    }
  }

  private Set<AppKey> interestedIn(String name) {
    return interest.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
