package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.tracing.Attribute;
import io.highlyavailable.operator.tracing.Origin;
import io.highlyavailable.operator.tracing.Span;
import io.highlyavailable.operator.tracing.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one inventory fresh: lists fast while something is in transition and slowly otherwise, and
 * reads resources in full one after the other where listings show names only. Idle while no app is
 * interested, so a standby, which reconciles nothing, makes no calls.
 *
 * @param <R> the resource's type
 */
final class Poller<R extends CloudResource> implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Poller.class);

  /** Apart enough that a burst of new apps costs one listing, close enough that nobody notices. */
  private static final Duration SHORTEST = Duration.ofMillis(250);

  private static final Duration IDLE = Duration.ofHours(1);

  private final Feed<R> feed;
  private final CloudSettings settings;
  private final CallBudget budget;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Tracing tracing;

  /** When a listing was last begun, and when the next is due if there is a hurry and if not. */
  private Instant listedAt = Instant.EPOCH;

  private Instant listFast = Instant.EPOCH;
  private Instant listSlowly = Instant.EPOCH;
  private Instant auditAt = Instant.EPOCH;
  private boolean asked = true;
  private int failures;

  Poller(
      Feed<R> feed,
      CloudSettings settings,
      CallBudget budget,
      InstantSource clock,
      RandomGenerator random,
      Tracing tracing) {
    this.feed = feed;
    this.settings = settings;
    this.budget = budget;
    this.clock = clock;
    this.random = random;
    this.tracing = tracing;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        feed.signal().await(safeTurn());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A fault of ours in one turn must not leave every app without news for good. */
  private Duration safeTurn() throws InterruptedException {
    try {
      return turn();
    } catch (RuntimeException e) {
      log.error("Cannot poll {}", feed.title(), e);
      Thread.sleep(settings.pollFast());
      return Duration.ZERO;
    }
  }

  /** Does what is due and says how long nothing will be. */
  Duration turn() throws InterruptedException {
    Set<String> names = feed.names();
    if (names.isEmpty()) {
      feed.inventory().rest();
      asked = true;
      return IDLE;
    }
    asked |= feed.takeRefresh();
    if (passed(nextListing())) {
      tracing.run(Origin.NONE, "list " + feed.title(), this::list);
    }
    return readNext(names) ? Duration.ZERO : untilDue(names);
  }

  private Instant nextListing() {
    if (asked) {
      return listedAt.plus(SHORTEST);
    }
    return feed.awaits() ? listFast : listSlowly;
  }

  private void list(Span span) {
    asked = false;
    listedAt = clock.instant();
    feed.changed(feed.inventory().list());
    Optional<CloudFailure> failure = feed.inventory().failure();
    failure.ifPresent(
        why -> {
          throttled(why);
          span.failed(why.code());
          log.warn("Cannot list {}: {}", feed.title(), why.line());
        });
    failures = failure.isPresent() ? failures + 1 : 0;
    Instant now = clock.instant();
    listSlowly = now.plus(failures > 0 ? retry() : jittered(settings.pollSlow()));
    listFast = failures > 0 ? listSlowly : now.plus(jittered(settings.pollFast()));
  }

  private Duration retry() {
    return new RetryDelays(settings.pollFast(), settings.pollSlow()).after(failures, random);
  }

  /** Reads what is due; nothing while not even a listing can be had. */
  private boolean readNext(Set<String> names) throws InterruptedException {
    Optional<Inventory.Due> due = feed.inventory().nextToRead(names, auditAt);
    if (failures > 0 || due.isEmpty() || !passed(due.get().at())) {
      return false;
    }
    Thread.sleep(budget.take());
    auditAt = clock.instant().plus(jittered(settings.auditInterval()));
    tracing.run(Origin.NONE, "read " + feed.title(), span -> read(due.get().name(), span));
    return true;
  }

  private void read(String name, Span span) {
    span.set(Attribute.RESOURCE, name);
    feed.changed(feed.inventory().read(name));
    feed.inventory()
        .failure(name)
        .ifPresent(
            why -> {
              throttled(why);
              span.failed(why.code());
              log.warn("Cannot read {} {}: {}", feed.title(), name, why.line());
            });
  }

  private void throttled(CloudFailure why) {
    if (why.kind() == CloudFailure.Kind.THROTTLED) {
      budget.throttled();
    }
  }

  private Duration untilDue(Set<String> names) {
    Instant next = nextListing();
    Optional<Inventory.Due> due = feed.inventory().nextToRead(names, auditAt);
    if (failures == 0 && due.isPresent() && due.get().at().isBefore(next)) {
      next = due.get().at();
    }
    Duration wait = Duration.between(clock.instant(), next);
    return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
  }

  private boolean passed(Instant when) {
    return !clock.instant().isBefore(when);
  }

  private Duration jittered(Duration interval) {
    return interval.plusMillis(random.nextLong(interval.toMillis() / 10 + 1));
  }
}
