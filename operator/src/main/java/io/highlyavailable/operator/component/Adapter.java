package io.highlyavailable.operator.component;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Talks to one cloud service about one kind of resource, in one account and region. Runs on virtual
 * threads, never on a reconcile thread. Every method makes one attempt (no SDK retries, no waiters)
 * and throws the SDK's exception as it is; the engine classifies it and tries again.
 *
 * @param <D> what should exist
 * @param <R> what exists
 */
public interface Adapter<D, R extends CloudResource> {
  /**
   * After this a call is given up. The slowest calls used (a full page of RDS or IAM) answer within
   * a few seconds.
   */
  Duration LONGEST_CALL = Duration.ofSeconds(30);

  /**
   * The service whose call budget it shares, as in the SDK's endpoint prefix, such as {@code rds}.
   */
  String service();

  /** Everything that could be ours: every page, or an exception. */
  Listing<R> list();

  /** One resource in full, or empty when the service says it does not exist. */
  Optional<R> find(String name);

  /**
   * Creates it with these tags in the same call wherever the service takes them.
   *
   * @return the row as the service answered
   */
  R create(D desired, Map<String, String> tags);

  /**
   * Changes what differs and nothing else.
   *
   * @param changes the differences found, never empty
   * @return the row as it is after the call
   */
  R update(R actual, D desired, List<Difference> changes);

  /**
   * Sets tags and leaves others alone.
   *
   * @return the row with its new tags
   */
  R tag(R actual, Map<String, String> tags);

  /** Removes tags and leaves others alone. */
  R untag(R actual, List<String> keys);

  /**
   * Deletes it. A resource that is not there any more counts as deleted.
   *
   * @param disposal {@link Disposal.Delete} or {@link Disposal.SnapshotThenDelete}
   * @return the row while the service is still deleting it, or empty when it is gone
   */
  Optional<R> delete(R actual, Disposal disposal);
}
