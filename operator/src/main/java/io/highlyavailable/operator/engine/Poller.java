package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudResource;
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

  private final CloudKind<?, R> kind;
  private final CloudSettings settings;
  private final CallBudget budget;
  private final InstantSource clock;
  private final RandomGenerator random;
  private Instant listAt = Instant.EPOCH;
  private Instant auditAt = Instant.EPOCH;
  private int failures;

  Poller(
      CloudKind<?, R> kind,
      CloudSettings settings,
      CallBudget budget,
      InstantSource clock,
      RandomGenerator random) {
    this.kind = kind;
    this.settings = settings;
    this.budget = budget;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        kind.signal().await(turn());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does what is due and says how long nothing will be. */
  private Duration turn() throws InterruptedException {
    Set<String> names = kind.names();
    if (names.isEmpty()) {
      return IDLE;
    }
    if (kind.takeRefresh()) {
      listAt = Instant.EPOCH;
      kind.inventory().markUnread(names);
    }
    Instant soonest = kind.inventory().inTransition(names) ? listAt.minus(slowMinusFast()) : listAt;
    if (!clock.instant().isBefore(soonest)) {
      list(names);
    }
    boolean readMore = readNext(names);
    return readMore ? Duration.ZERO : untilDue(names);
  }

  private void list(Set<String> names) {
    kind.changed(kind.inventory().list());
    Optional<CloudFailure> failure = kind.inventory().failure();
    failure.ifPresent(
        why -> {
          throttled(why);
          log.warn("Cannot list {}: {}", kind.component().kind(), why.line());
        });
    failures = failure.isPresent() ? failures + 1 : 0;
    listAt = clock.instant().plus(jittered(failures > 0 ? retry() : settings.pollSlow()));
  }

  private Duration retry() {
    return new RetryDelays(settings.pollFast(), settings.pollSlow()).after(failures, random);
  }

  private boolean readNext(Set<String> names) throws InterruptedException {
    Optional<Inventory.Due> due = kind.inventory().nextToRead(names);
    if (due.isEmpty() || !due.get().unread() && clock.instant().isBefore(auditAt)) {
      return false;
    }
    Thread.sleep(budget.take());
    auditAt = clock.instant().plus(jittered(settings.auditInterval()));
    return read(due.get().name());
  }

  private boolean read(String name) {
    kind.changed(kind.inventory().read(name));
    Optional<CloudFailure> failure = kind.inventory().failure();
    failure.ifPresent(
        why -> {
          throttled(why);
          log.warn("Cannot read {} {}: {}", kind.component().kind(), name, why.line());
        });
    return failure.isEmpty();
  }

  private void throttled(CloudFailure why) {
    if (why.kind() == CloudFailure.Kind.THROTTLED) {
      budget.throttled();
    }
  }

  private Duration untilDue(Set<String> names) {
    Instant next = kind.inventory().inTransition(names) ? listAt.minus(slowMinusFast()) : listAt;
    if (kind.inventory().nextToRead(names).isPresent() && auditAt.isBefore(next)) {
      next = auditAt;
    }
    Duration wait = Duration.between(clock.instant(), next);
    return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
  }

  private Duration slowMinusFast() {
    return settings.pollSlow().minus(settings.pollFast());
  }

  private Duration jittered(Duration interval) {
    return interval.plusMillis(random.nextLong(interval.toMillis() / 10 + 1));
  }
}
