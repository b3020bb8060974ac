package io.highlyavailable.operator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An S3 bucket.
 *
 * @param versioning whether overwritten objects are kept
 * @param expireNoncurrentDays after how many days overwritten ones are deleted, or null to keep
 *     them
 * @param cors which web pages may reach it from a browser; the first rule that fits counts
 * @param existing name of a bucket to take over, or null to make one
 * @param deletionPolicy what becomes of it when removed; a bucket has no snapshot, so {@code
 *     SNAPSHOT} retains
 */
public record BucketSettings(
    boolean versioning,
    @Nullable Integer expireNoncurrentDays,
    List<CorsRule> cors,
    @Nullable String existing,
    DeletionPolicy deletionPolicy) {
  public BucketSettings {
    cors = List.copyOf(cors);
  }

  /** A bucket that no browser reaches. */
  public BucketSettings(
      boolean versioning, @Nullable Integer expireNoncurrentDays, DeletionPolicy deletionPolicy) {
    this(versioning, expireNoncurrentDays, List.of(), null, deletionPolicy);
  }

  /** One that the operator makes. */
  public BucketSettings(
      boolean versioning,
      @Nullable Integer expireNoncurrentDays,
      List<CorsRule> cors,
      DeletionPolicy deletionPolicy) {
    this(versioning, expireNoncurrentDays, cors, null, deletionPolicy);
  }
}
