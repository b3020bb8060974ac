package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.model.AppKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One inventory and who is interested in which of its rows. Components made of the same kind of
 * resource share one, so that an app's six subnets cost the listing that one costs.
 *
 * @param <R> the resource's type
 */
final class Feed<R extends CloudResource> {
  private final Inventory<R> inventory;
  private final Wakeups wakeups;
  private final List<Component<?, R>> components = new CopyOnWriteArrayList<>();
  private final Map<Interested, String> interest = new ConcurrentHashMap<>();
  private final Signal signal = new Signal();
  private final AtomicBoolean refreshRequested = new AtomicBoolean();

  private record Interested(AppKey app, ComponentName component) {}

  Feed(Inventory<R> inventory, Wakeups wakeups) {
    this.inventory = inventory;
    this.wakeups = wakeups;
  }

  Inventory<R> inventory() {
    return inventory;
  }

  /** Rung when there is a reason to poll before the interval is over. */
  Signal signal() {
    return signal;
  }

  /** One more component is made of its rows. */
  void serve(Component<?, R> component) {
    components.add(component);
  }

  /** What it lists, for people. */
  String title() {
    return components.stream().map(Component::kind).distinct().collect(Collectors.joining(", "));
  }

  /** What is known of an app's resource; from now on its changes wake the app. */
  Observation<R> observe(AppKey app, ComponentName component, String name) {
    String before = interest.put(new Interested(app, component), name);
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
  void refresh(AppKey app, ComponentName component) {
    String name = interest.get(new Interested(app, component));
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

  /** The app is gone, or has no use for the component any more. */
  void forget(AppKey app, ComponentName component) {
    interest.remove(new Interested(app, component));
  }

  /**
   * Whether something is about to change: the provider is at work, or what others make and we only
   * read is not there yet.
   */
  boolean awaits() {
    return inventory.unsettled(names()) || components.stream().anyMatch(this::awaitsOthers);
  }

  private boolean awaitsOthers(Component<?, R> component) {
    if (component.managed()) {
      return false;
    }
    Set<String> names = names(who -> who.component().equals(component.name()));
    return names.stream().allMatch(name -> component.none(name).isEmpty())
        && inventory.lacks(names);
  }

  /** The names that any app is interested in. */
  Set<String> names() {
    return Set.copyOf(interest.values());
  }

  private Set<String> names(Predicate<Interested> who) {
    return interest.entrySet().stream()
        .filter(entry -> who.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.toSet());
  }

  /** Wakes the apps that are interested in a row. */
  void changed(String name) {
    interest.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(entry -> entry.getKey().app())
        .collect(Collectors.toSet())
        .forEach(wakeups::wake);
  }

  /** Wakes the apps that a listing concerns. */
  void changed(Inventory.Changes changes) {
    if (changes.all()) {
      interest.keySet().stream()
          .map(Interested::app)
          .collect(Collectors.toSet())
          .forEach(wakeups::wake);
    } else {
      changes.names().forEach(this::changed);
    }
  }
}
