package io.highlyavailable.operator.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * To when data can be brought back.
 *
 * @param latest the newest time in the app's own region, or null while it is not known
 * @param copied the newest time from the copies in the recovery region, or null
 */
public record Backups(@Nullable Instant latest, @Nullable Instant copied) {
  /** Nothing is known. */
  public static final Backups NONE = new Backups(null, null);

  Backups at(boolean inRecoveryRegion, Instant time) {
    return inRecoveryRegion ? new Backups(latest, time) : new Backups(time, copied);
  }
}
