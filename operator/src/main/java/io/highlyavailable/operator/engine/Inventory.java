package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Listing;
import io.highlyavailable.operator.component.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one service holds in one account and region, read once for all apps.
 *
 * <p>Nothing is fetched under its lock. A write that raced with a listing wins. A row just written
 * survives listings that do not show it yet, and a row just deleted survives none that still do,
 * for the settle window. A failed listing keeps the last good rows.
 *
 * @param <R> the resource's type
 */
final class Inventory<R extends CloudResource> {
  /** A minute's pause at most: what a person mended should heal while they watch. */
  private static final RetryDelays REREAD =
      new RetryDelays(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final Adapter<?, R> adapter;
  private final Function<Throwable, CloudFailure> classifier;
  private final InstantSource clock;
  private final Duration settle;
  private final Map<String, InventoryRow<R>> rows = new HashMap<>();
  private long writes;
  private boolean complete;
  private Instant asOf;
  private @Nullable CloudFailure failure;

  Inventory(
      Adapter<?, R> adapter,
      Function<Throwable, CloudFailure> classifier,
      InstantSource clock,
      Duration settle) {
    this.adapter = adapter;
    this.classifier = classifier;
    this.clock = clock;
    this.settle = settle;
    this.asOf = clock.instant();
  }

  /** When all of it was last listed well; before the first time, since when nobody looked. */
  synchronized Instant asOf() {
    return asOf;
  }

  /** What is known of a resource. */
  synchronized Observation<R> observe(String name) {
    InventoryRow<R> row = rows.get(name);
    if (row != null && row.resource() != null) {
      return new Observation.Present<>(row.resource());
    }
    if (!complete) {
      return new Observation.Unknown<>("waiting for the first listing");
    }
    return row == null || row.deleted()
        ? new Observation.Absent<>()
        : new Observation.Unknown<>("waiting to read its details");
  }

  /** All that is known to be there, as far as it was read. */
  synchronized List<R> resources() {
    return rows.values().stream()
        .map(InventoryRow::resource)
        .filter(Objects::nonNull)
        .<R>map(Objects::requireNonNull)
        .toList();
  }

  /** Why the last listing failed, if it did. */
  synchronized Optional<CloudFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Why a resource could not be read last time, by itself or with all others. */
  synchronized Optional<CloudFailure> failure(String name) {
    if (failure != null) {
      return Optional.of(failure);
    }
    return Optional.ofNullable(rows.get(name))
        .map(InventoryRow::misread)
        .map(InventoryRow.Misread::failure);
  }

  /** Whether any of these resources changes by itself. */
  synchronized boolean unsettled(Collection<String> names) {
    return names.stream()
        .map(rows::get)
        .anyMatch(row -> row != null && row.resource() != null && row.resource().unsettled());
  }

  /** Whether any of these resources is known not to be there. */
  synchronized boolean lacks(Collection<String> names) {
    return complete && names.stream().anyMatch(name -> !rows.containsKey(name));
  }

  /** A write succeeded: this is what is there now. */
  synchronized void written(R resource) {
    boolean shallow = shallow(rows.get(resource.name()));
    rows.put(resource.name(), InventoryRow.written(resource, shallow, ++writes, clock.instant()));
  }

  /** A delete succeeded. */
  synchronized void removed(String name) {
    rows.put(name, InventoryRow.deleted(++writes, clock.instant()));
  }

  /**
   * Nobody looks any more. What is not written just now will be out of date when somebody does, so
   * it is forgotten, and nothing is decided before the next complete listing.
   */
  synchronized void rest() {
    complete = false;
    asOf = clock.instant();
    rows.values().removeIf(row -> !settling(row));
  }

  /**
   * Lists everything.
   *
   * @return the names of rows that changed; every name, after the first complete listing and
   *     whenever the listing begins or ceases to fail
   */
  Changes list() {
    long before = writesSoFar();
    Listing<R> listing;
    try {
      listing = adapter.list();
    } catch (RuntimeException e) {
      return failed(classifier.apply(e));
    }
    return merge(listing, before);
  }

  /**
   * What a listing or reading changed.
   *
   * @param names rows that are other than before
   * @param all whether every app should look again
   */
  record Changes(Set<String> names, boolean all) {
    static final Changes NONE = new Changes(Set.of(), false);
  }

  private synchronized long writesSoFar() {
    return writes;
  }

  private synchronized Changes failed(CloudFailure why) {
    boolean news = !why.equals(failure);
    failure = why;
    return new Changes(Set.of(), news);
  }

  /**
   * Reads one resource in full and keeps what it finds, or else why it could not be read.
   *
   * @return what that changed
   */
  Changes read(String name) {
    long before = writesSoFar();
    Optional<R> found;
    try {
      found = adapter.find(name);
    } catch (RuntimeException e) {
      return misread(name, classifier.apply(e));
    }
    return keep(name, found, before) ? new Changes(Set.of(name), false) : Changes.NONE;
  }

  private synchronized Changes misread(String name, CloudFailure why) {
    InventoryRow<R> old = rows.get(name);
    if (old == null) {
      return Changes.NONE;
    }
    int times = old.misreads() + 1;
    Instant again = clock.instant().plus(REREAD.after(times, RandomGenerator.getDefault()));
    rows.put(name, old.misread(new InventoryRow.Misread(why, times, again)));
    boolean news = old.misread() == null || !old.misread().failure().equals(why);
    return news ? new Changes(Set.of(name), false) : Changes.NONE;
  }

  private synchronized boolean keep(String name, Optional<R> found, long before) {
    InventoryRow<R> old = rows.get(name);
    boolean raced = old != null && old.write() > before;
    if (raced || found.isEmpty() && old != null && settling(old)) {
      rows.put(name, old.confirmed(clock.instant()));
      return old.misread() != null;
    }
    if (found.isEmpty()) {
      return rows.remove(name) != null;
    }
    rows.put(name, InventoryRow.seen(found.get(), shallow(old), write(old), clock.instant()));
    return old == null || old.misread() != null || !found.get().equals(old.resource());
  }

  /**
   * Which of these resources should be read next, and when: what was never read at once, what could
   * not be read after a pause, else the one read longest ago at its turn. Only of resources that
   * listings show by name.
   *
   * @param turn when the next resource is to be read that is not due before
   */
  synchronized Optional<Due> nextToRead(Collection<String> names, Instant turn) {
    return names.stream()
        .filter(name -> shallow(rows.get(name)))
        .map(name -> due(name, rows.get(name), turn))
        .min(Comparator.comparing(Due::at).thenComparing(Due::readAt).thenComparing(Due::name));
  }

  private Due due(String name, InventoryRow<R> row, Instant turn) {
    if (row.misread() != null) {
      return new Due(name, row.misread().again(), row.readAt());
    }
    boolean unread = row.readAt().equals(Instant.EPOCH);
    return new Due(name, unread ? Instant.EPOCH : turn, row.readAt());
  }

  /**
   * A resource whose details are to be read.
   *
   * @param name the resource
   * @param at not before
   * @param readAt when they were last read; the epoch for never
   */
  record Due(String name, Instant at, Instant readAt) {}

  /** Makes the details of a resource due at once; until then the known ones stand. */
  synchronized void markUnread(String name) {
    rows.computeIfPresent(name, (key, old) -> old.due());
  }

  private synchronized Changes merge(Listing<R> listing, long before) {
    boolean news = !complete || failure != null;
    complete = true;
    asOf = clock.instant();
    failure = null;
    Set<String> changed = new HashSet<>();
    Set<String> shown = new HashSet<>(listing.namesOnly());
    for (R resource : listing.rows()) {
      shown.add(resource.name());
      mergeRow(resource, before, changed);
    }
    listing.namesOnly().forEach(name -> mergeName(name, before, changed));
    Set<String> gone = new HashSet<>(rows.keySet());
    gone.removeAll(shown);
    gone.removeIf(name -> fresh(rows.get(name), before));
    gone.stream().filter(name -> !rows.get(name).deleted()).forEach(changed::add);
    rows.keySet().removeAll(gone);
    return new Changes(changed, news);
  }

  private void mergeRow(R resource, long before, Set<String> changed) {
    InventoryRow<R> old = rows.get(resource.name());
    if (old != null && (old.write() > before || old.deleted() && settling(old))) {
      return;
    }
    if (old == null || !Objects.equals(old.resource(), resource)) {
      changed.add(resource.name());
    }
    rows.put(resource.name(), InventoryRow.seen(resource, false, write(old), clock.instant()));
  }

  private void mergeName(String name, long before, Set<String> changed) {
    InventoryRow<R> old = rows.get(name);
    if (old != null && (old.write() > before || old.deleted() && settling(old))) {
      return;
    }
    if (old == null || old.deleted()) {
      rows.put(name, InventoryRow.named());
      changed.add(name);
    } else if (!old.shallow() || settling(old)) {
      rows.put(name, due(old.shown()));
    } else {
      rows.put(name, due(old));
    }
  }

  /**
   * What changes by itself is read with every listing, which is then fast: its turn may be far off.
   */
  private static <R extends CloudResource> InventoryRow<R> due(InventoryRow<R> row) {
    R resource = row.resource();
    return resource != null && resource.unsettled() ? row.due() : row;
  }

  private boolean fresh(InventoryRow<R> row, long before) {
    return row.write() > before || settling(row);
  }

  private boolean settling(InventoryRow<R> row) {
    return clock.instant().isBefore(row.writtenAt().plus(settle));
  }

  private static boolean shallow(@Nullable InventoryRow<?> row) {
    return row != null && row.shallow();
  }

  private static long write(@Nullable InventoryRow<?> row) {
    return row == null ? 0 : row.write();
  }
}
