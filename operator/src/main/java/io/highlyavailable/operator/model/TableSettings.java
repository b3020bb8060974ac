package io.highlyavailable.operator.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table in DynamoDB.
 *
 * @param partitionKey the attribute that spreads items over partitions
 * @param orderedBy the attribute that orders items of one partition key, or null for none
 * @param pointInTimeRecovery whether it can be restored to any second of the last 35 days
 * @param timeToLiveAttribute the attribute that says when DynamoDB deletes an item; empty for never
 * @param deletionPolicy what becomes of it when removed
 */
public record TableSettings(
    Key partitionKey,
    @Nullable Key orderedBy,
    boolean pointInTimeRecovery,
    String timeToLiveAttribute,
    DeletionPolicy deletionPolicy) {

  /** The attribute that orders items of one partition key, if any. */
  public Optional<Key> sortKey() {
    return Optional.ofNullable(orderedBy);
  }

  /**
   * A key attribute.
   *
   * @param name the attribute
   * @param type {@code S}, {@code N} or {@code B}
   */
  public record Key(String name, String type) {
    @Override
    public String toString() {
      return name + " " + type;
    }
  }
}
