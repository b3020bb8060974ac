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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
  private final Adapter<?, R> adapter;
  private final Function<Throwable, CloudFailure> classifier;
  private final InstantSource clock;
  private final Duration settle;
  private final Map<String, Row<R>> rows = new HashMap<>();
  private long writes;
  private boolean complete;
  private @Nullable CloudFailure failure;
  private @Nullable CloudFailure readFailure;
  private Instant listedAt = Instant.EPOCH;

  /**
   * @param resource what is there; null while it was only listed by name, or when it is deleted
   * @param shallow whether listings show its name only
   * @param deleted whether we deleted it
   * @param write when, in the order of writes, we last wrote it; 0 for never
   * @param writtenAt when we last wrote it
   * @param readAt when its details were last known to be so
   */
  private record Row<R>(
      @Nullable R resource,
      boolean shallow,
      boolean deleted,
      long write,
      Instant writtenAt,
      Instant readAt) {}

  Inventory(
      Adapter<?, R> adapter,
      Function<Throwable, CloudFailure> classifier,
      InstantSource clock,
      Duration settle) {
    this.adapter = adapter;
    this.classifier = classifier;
    this.clock = clock;
    this.settle = settle;
  }

  /** What is known of a resource. */
  synchronized Observation<R> observe(String name) {
    Row<R> row = rows.get(name);
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

  /** Why it could not be read last time, if it could not. */
  synchronized Optional<CloudFailure> failure() {
    return Optional.ofNullable(failure == null ? readFailure : failure);
  }

  /** When the last complete listing was begun; the epoch before the first. */
  synchronized Instant listedAt() {
    return listedAt;
  }

  /** Whether any of these resources is being changed by the provider. */
  synchronized boolean inTransition(Collection<String> names) {
    return names.stream()
        .map(rows::get)
        .anyMatch(row -> row != null && row.resource() != null && row.resource().inTransition());
  }

  /** A write succeeded: this is what is there now. */
  synchronized void written(R resource) {
    Row<R> old = rows.get(resource.name());
    Instant now = clock.instant();
    rows.put(
        resource.name(),
        new Row<>(resource, old != null && old.shallow(), false, ++writes, now, now));
  }

  /** A delete succeeded, or a reading proved that there is nothing. */
  synchronized void removed(String name) {
    Instant now = clock.instant();
    rows.put(name, new Row<>(null, false, true, ++writes, now, now));
  }

  /**
   * Lists everything.
   *
   * @return the names of rows that changed; every name, after the first complete listing and
   *     whenever the listing begins or ceases to fail
   */
  Changes list() {
    long before;
    Instant begun = clock.instant();
    synchronized (this) {
      before = writes;
    }
    Listing<R> listing;
    try {
      listing = adapter.list();
    } catch (RuntimeException e) {
      return failed(classifier.apply(e));
    }
    synchronized (this) {
      boolean news = !complete || failure != null;
      complete = true;
      failure = null;
      listedAt = begun;
      Set<String> changed = merge(listing, before);
      return new Changes(changed, news);
    }
  }

  /**
   * What a listing changed.
   *
   * @param names rows that are other than before
   * @param all whether every app should look again
   */
  record Changes(Set<String> names, boolean all) {}

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
    long before;
    synchronized (this) {
      before = writes;
    }
    Optional<R> found;
    try {
      found = adapter.find(name);
    } catch (RuntimeException e) {
      return readFailed(name, classifier.apply(e));
    }
    return keep(name, found, before);
  }

  private synchronized Changes readFailed(String name, CloudFailure why) {
    boolean news = !why.equals(readFailure);
    readFailure = why;
    rows.computeIfPresent(
        name,
        (key, old) ->
            new Row<>(
                old.resource(),
                old.shallow(),
                old.deleted(),
                old.write(),
                old.writtenAt(),
                clock.instant()));
    return new Changes(Set.of(), news);
  }

  private synchronized Changes keep(String name, Optional<R> found, long before) {
    boolean news = readFailure != null;
    readFailure = null;
    boolean changed = replace(name, found, before);
    return new Changes(changed ? Set.of(name) : Set.of(), news);
  }

  private boolean replace(String name, Optional<R> found, long before) {
    Row<R> old = rows.get(name);
    if (old != null && old.write() > before) {
      return false;
    }
    if (found.isEmpty()) {
      boolean settling = old != null && !old.deleted() && settling(old);
      return !settling && rows.remove(name) != null;
    }
    rows.put(
        name,
        new Row<>(found.get(), shallow(old), false, write(old), Instant.EPOCH, clock.instant()));
    return old == null || !found.get().equals(old.resource());
  }

  /**
   * Which of these resources should be read next: one whose details were never read, else the one
   * read longest ago. Only of resources that listings show by name.
   */
  synchronized Optional<Due> nextToRead(Collection<String> names) {
    return names.stream()
        .filter(name -> rows.containsKey(name) && rows.get(name).shallow())
        .map(
            name ->
                new Due(
                    name, rows.get(name).readAt(), rows.get(name).readAt().equals(Instant.EPOCH)))
        .min(Comparator.comparing(Due::readAt));
  }

  /** Makes the details of these resources due at once; until then the known ones stand. */
  synchronized void markUnread(Collection<String> names) {
    names.forEach(
        name ->
            rows.computeIfPresent(
                name,
                (key, old) ->
                    new Row<>(
                        old.resource(),
                        old.shallow(),
                        old.deleted(),
                        old.write(),
                        old.writtenAt(),
                        Instant.EPOCH)));
  }

  /**
   * A resource whose details are due.
   *
   * @param name the resource
   * @param readAt when they were last read; the epoch for never
   * @param unread whether they are due at once
   */
  record Due(String name, Instant readAt, boolean unread) {}

  private Set<String> merge(Listing<R> listing, long before) {
    Set<String> changed = new HashSet<>();
    for (R resource : listing.rows()) {
      mergeRow(resource, before, changed);
    }
    for (String name : listing.namesOnly()) {
      mergeName(name, before, changed);
    }
    Set<String> shown = new HashSet<>(listing.namesOnly());
    listing.rows().forEach(row -> shown.add(row.name()));
    rows.entrySet()
        .removeIf(
            entry -> {
              boolean gone = !shown.contains(entry.getKey()) && !fresh(entry.getValue(), before);
              if (gone && !entry.getValue().deleted()) {
                changed.add(entry.getKey());
              }
              return gone;
            });
    return changed;
  }

  private void mergeRow(R resource, long before, Set<String> changed) {
    Row<R> old = rows.get(resource.name());
    if (old != null && (old.write() > before || old.deleted() && settling(old))) {
      return;
    }
    if (old == null || !Objects.equals(old.resource(), resource)) {
      changed.add(resource.name());
    }
    rows.put(
        resource.name(),
        new Row<>(resource, false, false, write(old), Instant.EPOCH, clock.instant()));
  }

  private void mergeName(String name, long before, Set<String> changed) {
    Row<R> old = rows.get(name);
    if (old != null && (old.write() > before || old.deleted() && settling(old))) {
      return;
    }
    if (old == null || old.deleted()) {
      rows.put(name, new Row<>(null, true, false, 0, Instant.EPOCH, Instant.EPOCH));
      changed.add(name);
    } else if (!old.shallow() || settling(old)) {
      rows.put(
          name, new Row<>(old.resource(), true, false, old.write(), Instant.EPOCH, old.readAt()));
    }
  }

  private boolean fresh(Row<R> row, long before) {
    return row.write() > before || settling(row);
  }

  private boolean settling(Row<R> row) {
    return clock.instant().isBefore(row.writtenAt().plus(settle));
  }

  private static boolean shallow(@Nullable Row<?> row) {
    return row != null && row.shallow();
  }

  private static long write(@Nullable Row<?> row) {
    return row == null ? 0 : row.write();
  }
}
