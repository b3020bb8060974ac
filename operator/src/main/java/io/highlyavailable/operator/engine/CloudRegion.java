package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.tracing.Tracing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Everything the operator knows and does in one region of one account. */
final class CloudRegion implements AutoCloseable {
  private final Map<ComponentName, CloudKind<?, ?>> kinds = new LinkedHashMap<>();
  private final Map<String, Feed<?>> feeds = new HashMap<>();
  private final Map<String, CallBudget> budgets = new ConcurrentHashMap<>();
  private final CloudSettings settings;
  private final InstantSource clock;
  private final Tracing tracing;
  private final List<Thread> pollers;

  <C> CloudRegion(
      String region,
      List<? extends Module<?, ?, C>> modules,
      C clients,
      Function<Throwable, CloudFailure> classifier,
      CloudSettings settings,
      InstantSource clock,
      Wakeups wakeups,
      Tracing tracing) {
    this.settings = settings;
    this.clock = clock;
    this.tracing = tracing;
    modules.forEach(module -> add(module, clients, classifier, wakeups));
    this.pollers = new ArrayList<>();
    Map<String, CloudKind<?, ?>> first = new LinkedHashMap<>();
    modules.forEach(
        module -> first.putIfAbsent(module.inventory(), kind(module.component().name())));
    first.forEach(
        (inventory, kind) ->
            pollers.add(
                Thread.ofVirtual().name("poll-" + region + "-" + inventory).start(poller(kind))));
  }

  @SuppressWarnings("unchecked") // modules that share an inventory list the same rows
  private <D, R extends CloudResource, C> void add(
      Module<D, R, C> module,
      C clients,
      Function<Throwable, CloudFailure> classifier,
      Wakeups wakeups) {
    Adapter<D, R> adapter = module.adapter(clients);
    Feed<R> feed =
        (Feed<R>)
            feeds.computeIfAbsent(
                module.inventory(),
                name ->
                    new Feed<>(
                        new Inventory<>(adapter, classifier, clock, settings.settleWindow()),
                        wakeups));
    kinds.put(module.component().name(), new CloudKind<>(module.component(), adapter, feed));
  }

  private Poller<?> poller(CloudKind<?, ?> kind) {
    return new Poller<>(
        kind.feed(), settings, budget(kind), clock, RandomGenerator.getDefault(), tracing);
  }

  /**
   * The kind of resource that a component is made of.
   *
   * @throws IllegalArgumentException for a component that is not in the catalogue
   */
  CloudKind<?, ?> kind(ComponentName component) {
    CloudKind<?, ?> kind = kinds.get(component);
    if (kind == null) {
      throw new IllegalArgumentException("no such component: " + component);
    }
    return kind;
  }

  /** The budget for calls to a kind's service. */
  CallBudget budget(CloudKind<?, ?> kind) {
    return budgets.computeIfAbsent(
        kind.adapter().service(),
        service -> new CallBudget(settings.callsPerSecond(), settings.callsPerSecond() * 2, clock));
  }

  /** To when copies that live here can be restored, by the name of what they are copies of. */
  Map<String, Instant> recoveryPoints() {
    Map<String, Instant> points = new TreeMap<>();
    kinds.values().forEach(kind -> points.putAll(kind.recoveryPoints()));
    return points;
  }

  /** How old what is known here is, of what some app is interested in. */
  Stream<CloudLoad.Inventory> inventories(String region) {
    return feeds.entrySet().stream()
        .filter(feed -> !feed.getValue().names().isEmpty())
        .map(
            feed ->
                new CloudLoad.Inventory(region, feed.getKey(), feed.getValue().inventory().asOf()));
  }

  /** Looks at an app's resources again, at once. */
  void refresh(AppKey app) {
    kinds.values().forEach(kind -> kind.refresh(app));
  }

  /** The app is gone. */
  void forget(AppKey app) {
    kinds.values().forEach(kind -> kind.forget(app));
  }

  @Override
  public void close() {
    pollers.forEach(Thread::interrupt);
  }
}
