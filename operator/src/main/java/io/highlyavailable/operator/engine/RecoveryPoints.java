package io.highlyavailable.operator.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes how old the newest copies in other regions are, for alarms to look at: all of a region
 * at once, from what is known anyway. A standby knows nothing and publishes nothing.
 */
public final class RecoveryPoints implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecoveryPoints.class);

  private final Supplier<Map<String, Map<String, Instant>>> known;
  private final BiConsumer<String, Map<String, Duration>> sink;
  private final Duration interval;
  private final InstantSource clock;
  private final Map<String, Publication> published = new HashMap<>();
  private final Turns turns;

  private record Publication(Instant at, Set<String> resources) {}

  /**
   * @param known to when copies can be restored, by region and resource
   * @param sink publishes ages of a region's copies, by resource; may throw
   * @param interval how often each age is published
   * @param look how often to look for copies whose age was never published
   * @param clock the time
   */
  public RecoveryPoints(
      Supplier<Map<String, Map<String, Instant>>> known,
      BiConsumer<String, Map<String, Duration>> sink,
      Duration interval,
      Duration look,
      InstantSource clock) {
    this.known = known;
    this.sink = sink;
    this.interval = interval;
    this.clock = clock;
    this.turns = new Turns("recovery-points", look, this::turn);
  }

  /** Begins to publish. */
  public void start() {
    turns.start();
  }

  /** Publishes what is due. */
  void turn() {
    known.get().forEach(this::publish);
  }

  private void publish(String region, Map<String, Instant> points) {
    Instant now = clock.instant();
    if (points.isEmpty() || !due(published.get(region), points.keySet(), now)) {
      return;
    }
    published.put(region, new Publication(now, Set.copyOf(points.keySet())));
    Map<String, Duration> ages = new TreeMap<>();
    points.forEach((resource, point) -> ages.put(resource, Duration.between(point, now)));
    try {
      sink.accept(region, ages);
    } catch (RuntimeException e) {
      log.warn("Cannot publish how old copies in {} are: {}", region, e.getMessage());
    }
  }

  private boolean due(@Nullable Publication last, Set<String> resources, Instant now) {
    return last == null
        || !now.isBefore(last.at().plus(interval))
        || !last.resources().containsAll(resources);
  }

  @Override
  public void close() {
    turns.close();
  }
}
