package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.highlyavailable.operator.component.ArnSuffix;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancer;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancerDesired;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancerRules;
import io.highlyavailable.operator.kubernetes.ScalingState;
import io.highlyavailable.operator.kubernetes.TrafficFloor;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What traffic needs of the apps that are scaled on it: reads the requests of all of a region's
 * load balancers at once, on a thread of its own, and wakes an app when that makes a difference to
 * it. Only apps that are reconciled here are read, so a standby reads nothing. It keeps nothing
 * that a restart would miss: the autoscaler knows its floor, and each reading is of the whole
 * window.
 */
public final class Traffic implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Traffic.class);

  /** A new app is not let wait for the next turn of all the others. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Source source;
  private final Function<App, Optional<HorizontalPodAutoscaler>> autoscalers;
  private final Duration interval;
  private final InstantSource clock;
  private final Wakeups wakeups;
  private final Map<AppKey, Followed> followed = new ConcurrentHashMap<>();
  private final Turns turns;

  /** Counts requests. */
  @FunctionalInterface
  public interface Source {
    /**
     * Requests a second by load balancer, and by the beginning of the minute that they are the
     * average of. Minutes without data are left out.
     *
     * @param loadBalancers as CloudWatch names them, such as {@code app/k8s-shop/50dc6c495c0c9188}
     * @param from the first minute
     * @param to after the last minute
     * @throws RuntimeException when they cannot be read
     */
    Map<String, SortedMap<Instant, Double>> read(
        String region, Set<String> loadBalancers, Instant from, Instant to);
  }

  /** Which load balancer has an app's traffic; empty while that is not known. */
  private record Front(String region, String loadBalancer) {}

  /**
   * An app that is scaled on its traffic.
   *
   * @param before the floor that its autoscaler has
   * @param told what was last decided
   * @param read when its traffic was last asked for; null for never
   */
  private record Followed(
      Front front,
      Scale.Automatic scale,
      int before,
      TrafficFloor told,
      SortedMap<Instant, Double> readings,
      @Nullable Instant read) {
    Followed with(SortedMap<Instant, Double> now, Instant when) {
      return new Followed(front, scale, before, told, now, when);
    }

    boolean due(Instant latest) {
      return !front.loadBalancer().isEmpty() && (read == null || !read.isAfter(latest));
    }
  }

  /**
   * @param source counts requests
   * @param autoscalers as observed
   * @param interval how often each app's requests are counted
   * @param clock the time
   * @param wakeups told of apps whose traffic needs another floor
   */
  public Traffic(
      Source source,
      Function<App, Optional<HorizontalPodAutoscaler>> autoscalers,
      Duration interval,
      InstantSource clock,
      Wakeups wakeups) {
    this.source = source;
    this.autoscalers = autoscalers;
    this.interval = interval;
    this.clock = clock;
    this.wakeups = wakeups;
    Duration look = interval.compareTo(LOOK) < 0 ? interval : LOOK;
    this.turns = new Turns("traffic", look, this::turn);
  }

  /** Begins to read. */
  public void start() {
    turns.start();
  }

  /**
   * The fewest replicas that an app's traffic needs, by what is known; from now on it is read, and
   * wakes the app.
   *
   * @param seen what is known of the app's components
   * @return 0 for an app that is not scaled on its traffic
   */
  public int floor(App app, Map<ComponentName, Observation<?>> seen) {
    if (!LoadBalancerDesired.followed(app)
        || !(app.workload().scale() instanceof Scale.Automatic scale)) {
      forget(app.key());
      return 0;
    }
    Front front = new Front(app.region(), loadBalancer(seen));
    int before = TrafficFloor.before(autoscalers.apply(app).orElse(null));
    return followed
        .compute(app.key(), (key, known) -> decided(known, front, scale, before))
        .told()
        .replicas();
  }

  private Followed decided(
      @Nullable Followed known, Front front, Scale.Automatic scale, int before) {
    boolean same = known != null && known.front().equals(front);
    SortedMap<Instant, Double> readings = same ? known.readings() : Collections.emptySortedMap();
    TrafficFloor floor = TrafficFloor.decide(scale, readings, before, clock.instant());
    return new Followed(front, scale, before, floor, readings, same ? known.read() : null);
  }

  /** With several there is no telling whose requests these are. */
  private static String loadBalancer(Map<ComponentName, Observation<?>> seen) {
    return seen.get(LoadBalancerRules.NAME) instanceof Observation.Present<?>(LoadBalancer found)
            && found.loadBalancers().size() == 1
        ? ArnSuffix.ofLoadBalancer(found.id())
        : "";
  }

  /** How the app is scaled; empty for one without an autoscaler. */
  public Optional<ScalingState> state(App app) {
    Followed known = followed.get(app.key());
    return app.instances().isPresent()
        ? Optional.empty()
        : ScalingState.of(
            app, autoscalers.apply(app).orElse(null), known == null ? null : known.told());
  }

  /** The app is gone, or nothing is to be written for it. */
  public void forget(AppKey app) {
    followed.remove(app);
  }

  /** Reads what is due, and what was never read; of a region all at once. */
  void turn() {
    Instant now = clock.instant();
    regions(now.minus(interval)).forEach((region, apps) -> read(region, apps, now));
  }

  private Map<String, Map<AppKey, Followed>> regions(Instant latest) {
    Map<String, Map<AppKey, Followed>> regions = new HashMap<>();
    followed.forEach(
        (key, app) -> {
          if (app.due(latest)) {
            regions.computeIfAbsent(app.front().region(), name -> new HashMap<>()).put(key, app);
          }
        });
    return regions;
  }

  private void read(String region, Map<AppKey, Followed> apps, Instant now) {
    Instant from =
        apps.values().stream()
            .map(app -> TrafficFloor.since(app.scale().scaleDownStabilization(), now))
            .min(Instant::compareTo)
            .orElse(now);
    Set<String> fronts =
        apps.values().stream().map(app -> app.front().loadBalancer()).collect(Collectors.toSet());
    Map<String, SortedMap<Instant, Double>> found = Map.of();
    try {
      found = source.read(region, fronts, from, now);
    } catch (RuntimeException e) {
      log.warn("Cannot read the traffic of {} apps in {}: {}", apps.size(), region, e.getMessage());
    }
    for (AppKey key : apps.keySet()) {
      settle(key, found, now);
    }
  }

  /** What was read before stays when there is no answer: it only grows old. */
  private void settle(AppKey key, Map<String, SortedMap<Instant, Double>> found, Instant now) {
    Followed app =
        followed.computeIfPresent(
            key,
            (same, known) ->
                known.with(
                    found.getOrDefault(known.front().loadBalancer(), known.readings()), now));
    if (app != null
        && !TrafficFloor.decide(app.scale(), app.readings(), app.before(), now)
            .equals(app.told())) {
      wakeups.wake(key);
    }
  }

  @Override
  public void close() {
    turns.close();
  }
}
