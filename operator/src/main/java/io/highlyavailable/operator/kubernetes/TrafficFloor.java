package io.highlyavailable.operator.kubernetes;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.highlyavailable.operator.model.App.Scale;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The fewest replicas that the autoscaler may come to because of the traffic there is.
 *
 * <p>Up at once, to what the busiest minute of the window needs, and while traffic rises fast to
 * what it will need when new pods serve: readings are minutes old by then. Down to what that minute
 * needs with something to spare, once the whole window has been seen. Without fresh readings it is
 * held: it may rise, never fall.
 *
 * @param replicas between the bounds of the app's scale
 * @param known whether there are readings fresh enough to fall by
 */
public record TrafficFloor(int replicas, boolean known) {
  /** What load balancers count in ("CloudWatch metrics for your Application Load Balancer"). */
  public static final Duration PERIOD = Duration.ofMinutes(1);

  /** CloudWatch has a minute one to three minutes after its end. */
  public static final Duration FRESH = Duration.ofMinutes(5);

  /** The newest minute may not have been counted whole yet, so it never decides alone. */
  private static final Duration SHORTEST_WINDOW = PERIOD.multipliedBy(3);

  /**
   * From the middle of a minute until pods serve that were asked for because of it, in minutes:
   * half of one to its end, two until it is read, one for pods to start.
   */
  private static final double LEAD = 3.5;

  /**
   * A rise within two minutes that may be more than noise; slower ones are followed as they come.
   */
  private static final double FAST = 1.02;

  /** How far ahead of what was measured a rise is believed in, at most. */
  private static final double MOST_AHEAD = 2;

  /** Kept free in a fall: a load at the border of two would add and remove a replica for ever. */
  private static final double SPARE = 1.05;

  /** So that 100 requests at 50 each are two replicas, whatever binary fractions make of it. */
  private static final double ROUNDING = 1e-9;

  /**
   * From when on readings are needed to decide now.
   *
   * @param window {@link Scale.Automatic#scaleDownStabilization()}
   */
  public static Instant since(Duration window, Instant now) {
    return now.minus(longer(window)).minus(FRESH).minus(PERIOD.multipliedBy(4));
  }

  /**
   * What an autoscaler was told before.
   *
   * @param observed the autoscaler, or null when there is none
   * @return 0 when it was told nothing
   */
  public static int before(@Nullable HorizontalPodAutoscaler observed) {
    return AutoscalerObject.floor(observed);
  }

  /**
   * Decides.
   *
   * @param scale the bounds, the target and the window
   * @param readings requests a second by the beginning of the minute that they are the average of;
   *     may have gaps, and may have a minute that has not ended yet, which is not looked at
   * @param before what was decided before; beyond the bounds it counts as the bound
   * @throws IllegalArgumentException when the app is not scaled on requests
   */
  public static TrafficFloor decide(
      Scale.Automatic scale, SortedMap<Instant, Double> readings, int before, Instant now) {
    if (scale.requestsPerSecond() == null) {
      throw new IllegalArgumentException("not scaled on requests");
    }
    int held = Math.clamp(before, scale.minReplicas(), scale.maxReplicas());
    SortedMap<Instant, Double> ended = readings.headMap(now.minus(PERIOD).plusNanos(1));
    if (ended.isEmpty()) {
      return new TrafficFloor(held, false);
    }
    Instant newest = ended.lastKey();
    Duration window = longer(scale.scaleDownStabilization());
    SortedMap<Instant, Double> recent = ended.tailMap(newest.minus(window).plusNanos(1));
    boolean known = !newest.plus(PERIOD).plus(FRESH).isBefore(now);
    double most = recent.keySet().stream().mapToDouble(it -> expected(ended, it)).max().orElse(0);
    int needed = replicas(scale, most);
    int enough = replicas(scale, most * SPARE);
    if (needed > held) {
      return new TrafficFloor(needed, known);
    }
    boolean mayFall = known && seen(ended, recent, newest.minus(window));
    return new TrafficFloor(mayFall ? Math.min(enough, held) : held, known);
  }

  private static Duration longer(Duration window) {
    return window.compareTo(SHORTEST_WINDOW) < 0 ? SHORTEST_WINDOW : window;
  }

  /** Whether the window was looked at from its beginning on, and in most of its minutes. */
  private static boolean seen(
      SortedMap<Instant, Double> all, SortedMap<Instant, Double> recent, Instant begin) {
    long minutes = Duration.between(begin, all.lastKey()).dividedBy(PERIOD);
    return !all.firstKey().isAfter(begin.plus(PERIOD)) && recent.size() * 2L > minutes;
  }

  /** What a minute says of the time when pods serve that are asked for because of it. */
  private static double expected(SortedMap<Instant, Double> readings, Instant minute) {
    double rate = readings.get(minute);
    double before = readings.getOrDefault(minute.minus(PERIOD), rate);
    double first = readings.getOrDefault(minute.minus(PERIOD.multipliedBy(2)), before);
    double step = Math.min(rate - before, before - first);
    return step > 0 && rate > first * FAST ? Math.min(rate + LEAD * step, rate * MOST_AHEAD) : rate;
  }

  private static int replicas(Scale.Automatic scale, double requestsPerSecond) {
    double exact = requestsPerSecond / scale.requestsPerSecond();
    return Math.clamp((long) Math.ceil(exact - ROUNDING), scale.minReplicas(), scale.maxReplicas());
  }
}
