package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.CloudFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Inventory} remembers of one resource. Immutable.
 *
 * @param resource what is there; null while it was only listed by name, or when it is deleted
 * @param shallow whether listings show its name only
 * @param deleted whether we deleted it
 * @param write when, in the order of writes, we last wrote it; 0 for never
 * @param writtenAt when we last wrote it; the epoch once a listing has shown it
 * @param readAt when its details were last known to be so; the epoch when they are due at once
 * @param misread how its details could not be read, or null
 * @param <R> the resource's type
 */
record InventoryRow<R>(
    @Nullable R resource,
    boolean shallow,
    boolean deleted,
    long write,
    Instant writtenAt,
    Instant readAt,
    @Nullable Misread misread) {

  /**
   * Readings of a resource's details that failed.
   *
   * @param failure why the last one did
   * @param times how many did in a row
   * @param again when to try again
   */
  record Misread(CloudFailure failure, int times, Instant again) {}

  /** A resource that a listing named and nobody has read. */
  static <R> InventoryRow<R> named() {
    return new InventoryRow<>(null, true, false, 0, Instant.EPOCH, Instant.EPOCH, null);
  }

  /** A resource as we just wrote it. */
  static <R> InventoryRow<R> written(R resource, boolean shallow, long write, Instant now) {
    return new InventoryRow<>(resource, shallow, false, write, now, now, null);
  }

  /** A resource that we just deleted. */
  static <R> InventoryRow<R> deleted(long write, Instant now) {
    return new InventoryRow<>(null, false, true, write, now, now, null);
  }

  /** A resource as it was just seen in full. */
  static <R> InventoryRow<R> seen(R resource, boolean shallow, long write, Instant now) {
    return new InventoryRow<>(resource, shallow, false, write, Instant.EPOCH, now, null);
  }

  /** The same, shown by name in a listing: it has settled. */
  InventoryRow<R> shown() {
    return new InventoryRow<>(resource, true, false, write, Instant.EPOCH, readAt, misread);
  }

  /** The same, its details due at once. */
  InventoryRow<R> due() {
    return new InventoryRow<>(resource, shallow, deleted, write, writtenAt, Instant.EPOCH, misread);
  }

  /** The same, after another reading that failed. */
  InventoryRow<R> misread(Misread how) {
    return new InventoryRow<>(resource, shallow, deleted, write, writtenAt, readAt, how);
  }

  /** The same, its details taken as confirmed. */
  InventoryRow<R> confirmed(Instant now) {
    return new InventoryRow<>(resource, shallow, deleted, write, writtenAt, now, null);
  }

  /** How often in a row its details could not be read. */
  int misreads() {
    return misread == null ? 0 : misread.times();
  }
}
