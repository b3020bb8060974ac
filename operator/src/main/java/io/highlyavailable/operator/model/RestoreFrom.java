package io.highlyavailable.operator.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a database begins with. */
public sealed interface RestoreFrom {
  /** The decision as text, the same for the same decision. */
  String text();

  /**
   * A snapshot.
   *
   * @param id its identifier or ARN
   */
  record Snapshot(String id) implements RestoreFrom {
    @Override
    public String text() {
      return "snapshot " + id;
    }
  }

  /**
   * An instance as it was.
   *
   * @param sourceId the instance's identifier
   * @param time when, or null for the latest possible
   */
  record PointInTime(String sourceId, @Nullable Instant time) implements RestoreFrom {
    @Override
    public String text() {
      return sourceId + " at " + (time == null ? "the latest time" : time);
    }
  }

  /** Nothing, whatever there was before. */
  record Empty() implements RestoreFrom {
    @Override
    public String text() {
      return "empty";
    }
  }
}
