package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.model.Verification;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * To when data can be brought back.
 *
 * @param latest the newest time in the app's own region, or null while it is not known
 * @param copied the newest time from the copies in the recovery region, or null
 * @param verified how a verification of backups has just ended, or null
 */
public record Backups(
    @Nullable Instant latest, @Nullable Instant copied, @Nullable Verification verified) {
  /** Nothing is known. */
  public static final Backups NONE = new Backups(null, null);

  /** While no verification has just ended. */
  public Backups(@Nullable Instant latest, @Nullable Instant copied) {
    this(latest, copied, null);
  }

  Backups at(boolean inRecoveryRegion, Instant time) {
    return inRecoveryRegion
        ? new Backups(latest, time, verified)
        : new Backups(time, copied, verified);
  }

  /** The same with how a verification has just ended, or null for none. */
  public Backups with(@Nullable Verification ended) {
    return new Backups(latest, copied, ended);
  }
}
