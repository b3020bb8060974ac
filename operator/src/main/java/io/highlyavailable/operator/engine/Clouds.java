package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.Action;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Module;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppKey;
import io.highlyavailable.operator.plan.Attempt;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Report;
import io.highlyavailable.operator.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** What the engine knows of every region, and the way to change it. */
public final class Clouds implements AutoCloseable {
  /** An interrupted call to AWS ends at once; another leader follows when this is over. */
  private static final Duration STOP = Duration.ofSeconds(5);

  private final List<Component<?, ?>> components;
  private final Function<String, CloudRegion> opener;
  private final Map<String, CloudRegion> regions = new ConcurrentHashMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<AppKey, Set<ComponentName>> begun = new ConcurrentHashMap<>();
  private final ActionQueue queue;

  /**
   * What the clouds hold for one app.
   *
   * @param observations by component
   * @param attempts by component
   */
  public record Sight(
      Map<ComponentName, Observation<?>> observations, Map<ComponentName, Attempt> attempts) {}

  /**
   * @param modules every component with its adapter, upstream first
   * @param clients opens a region
   * @param classifier knows what the provider's errors mean
   * @param settings how often to look
   * @param clock the time
   * @param wakeups told of apps that should be looked at again
   * @param tracing told of listings and actions
   * @param <C> what adapters are made of
   */
  public <C> Clouds(
      List<? extends Module<?, ?, C>> modules,
      Function<String, C> clients,
      Function<Throwable, CloudFailure> classifier,
      CloudSettings settings,
      InstantSource clock,
      Wakeups wakeups,
      Tracing tracing) {
    this.components = modules.stream().<Component<?, ?>>map(Module::component).toList();
    this.opener =
        region ->
            new CloudRegion(
                region,
                modules,
                clients.apply(region),
                classifier,
                settings,
                clock,
                wakeups,
                tracing);
    this.queue =
        new ActionQueue(
            executor,
            classifier,
            settings.settleWindow(),
            clock,
            RandomGenerator.getDefault(),
            wakeups,
            tracing);
  }

  /**
   * What is known of the components that concern an app; from now on their changes wake it.
   *
   * @param names under which name to look for each; empty for what does not concern the app
   */
  public Sight see(
      App app, Upstream.Settings settings, Function<Component<?, ?>, Optional<String>> names) {
    Map<ComponentName, Observation<?>> observations = new HashMap<>();
    Map<ComponentName, Attempt> attempts = new HashMap<>();
    for (Component<?, ?> component : components) {
      String where = Plan.Home.region(component, app.region(), settings.recoveryRegion());
      forgetElsewhere(app.key(), component.name(), where);
      Optional<String> name = names.apply(component);
      if (where.isEmpty()) {
        continue;
      }
      CloudKind<?, ?> kind = kind(where, component.name());
      if (name.isEmpty()) {
        kind.forget(app.key());
        continue;
      }
      // In this order: what ends in between is still taken as in flight, never as not begun.
      attempts.put(component.name(), attempt(app.key(), kind, name.get()));
      observations.put(component.name(), kind.observe(app.key(), name.get()));
    }
    return new Sight(observations, attempts);
  }

  /** All rows of a component's inventory in a region, whosever they are. */
  <R extends CloudResource> Stream<R> rows(String where, ComponentName component, Class<R> type) {
    return kind(where, component).inventory().resources().stream()
        .filter(type::isInstance)
        .map(type::cast);
  }

  private void forgetElsewhere(AppKey app, ComponentName component, String where) {
    regions.forEach(
        (name, region) -> {
          if (!name.equals(where)) {
            region.kind(component).forget(app);
          }
        });
  }

  private CloudKind<?, ?> kind(String region, ComponentName component) {
    return region(region).kind(component);
  }

  private Attempt attempt(AppKey app, CloudKind<?, ?> kind, String resource) {
    ComponentName name = kind.component().name();
    return new Attempt(
        queue.inFlight(app, name),
        queue.failure(app, name).orElse(null),
        kind.inventory().failure(resource).orElse(null));
  }

  /** Components of an app that this process has begun to create, whatever came of it. */
  public Set<ComponentName> begun(AppKey app) {
    return Set.copyOf(begun.getOrDefault(app, Set.of()));
  }

  /**
   * Starts what a plan wants done, as far as nothing is in flight.
   *
   * @return components whose action was started
   */
  public Set<ComponentName> act(App app, Plan plan) {
    forgetGone(app.key(), plan);
    return components.stream()
        .filter(component -> start(app, component, plan))
        .<ComponentName>map(Component::name)
        .collect(Collectors.toSet());
  }

  /** What left for good is not looked for any more: its creation, if begun, came to its end. */
  private void forgetGone(AppKey app, Plan plan) {
    Set<String> there = plan.reports().stream().map(Report::name).collect(Collectors.toSet());
    begun.computeIfPresent(
        app,
        (key, names) -> {
          names.removeIf(name -> !there.contains(name.value()) && !queue.inFlight(app, name));
          return names;
        });
  }

  private boolean start(App app, Component<?, ?> component, Plan plan) {
    String where = Plan.Home.region(component, app.region(), plan.home().recoveryRegion());
    if (where.isEmpty()) {
      queue.settled(app.key(), component.name());
      return false;
    }
    CloudRegion region = region(where);
    return start(app.key(), region, region.kind(component.name()), plan);
  }

  @SuppressWarnings("unchecked") // the planner made the action from this very component
  private <D, R extends CloudResource> boolean start(
      AppKey app, CloudRegion region, CloudKind<D, R> kind, Plan plan) {
    Optional<Action<?, ?>> action = plan.action(kind.component().name());
    if (action.isEmpty()) {
      queue.settled(app, kind.component().name());
      return false;
    }
    if (action.get() instanceof Action.Create<?, ?>) {
      begun.computeIfAbsent(app, key -> ConcurrentHashMap.newKeySet()).add(kind.component().name());
    }
    return queue.submit(app, kind, region.budget(kind), (Action<D, R>) action.get());
  }

  /** To when copies can be restored, by the region that they are in and what they are copies of. */
  public Map<String, Map<String, Instant>> recoveryPoints() {
    Map<String, Map<String, Instant>> points = new HashMap<>();
    regions.forEach((name, region) -> points.put(name, region.recoveryPoints()));
    return points;
  }

  /** How much there is to do now, and how old what is known is. */
  public CloudLoad load() {
    List<CloudLoad.Inventory> inventories =
        regions.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .flatMap(region -> region.getValue().inventories(region.getKey()))
            .toList();
    return new CloudLoad(
        queue.count(Effort.Stage.WAITING), queue.count(Effort.Stage.RUNNING), inventories);
  }

  /** Looks at an app's resources again, at once. */
  public void refresh(App app) {
    regions.values().forEach(region -> region.refresh(app.key()));
  }

  /** Drops what was decided for an app and not yet begun. */
  public void hold(App app) {
    queue.hold(app.key());
  }

  /** The app is gone. */
  public void forget(AppKey app) {
    begun.remove(app);
    regions.values().forEach(region -> region.forget(app));
    queue.forget(app);
  }

  private CloudRegion region(String name) {
    return regions.computeIfAbsent(name, opener);
  }

  @Override
  public void close() {
    regions.values().forEach(CloudRegion::close);
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS)) {
        LoggerFactory.getLogger(Clouds.class).warn("Actions go on that were told to stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
