package io.highlyavailable.operator.status;

import io.highlyavailable.api.v1alpha1.BackupStatus;
import io.highlyavailable.api.v1alpha1.VerificationResult;
import io.highlyavailable.api.v1alpha1.VerificationStatus;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.Recovery;
import io.highlyavailable.operator.model.Verification;
import io.highlyavailable.operator.plan.Backups;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** To when data can be brought back, as the status says it and as a condition. */
final class BackupFacts {
  static final String TYPE = "BackupsReady";

  /**
   * RDS saves its logs every five minutes and copies them as soon as they are saved ("Backup
   * retention", "Replicating automated backups to another Region"); what is twelve times as late is
   * not merely slow. Times are known to a quarter of an hour.
   */
  static final Duration LATE = Duration.ofHours(1);

  private final App app;
  private final Backups known;
  private final String recoveryRegion;
  private final @Nullable VerificationStatus verified;

  /**
   * @param outcome what a reconciliation came to
   * @param before what the status said before, or null: it stands for what cannot be seen now, and
   *     while it is less than an hour behind, so that a status is not written every five minutes
   */
  BackupFacts(Outcome outcome, @Nullable BackupStatus before) {
    this.app = outcome.app();
    this.recoveryRegion = outcome.home().recoveryRegion();
    this.verified = app.databaseSettings().isEmpty() ? null : verified(outcome.backups(), before);
    this.known =
        new Backups(
            app.databaseSettings().isEmpty()
                ? null
                : quiet(
                    outcome.backups().latest(),
                    before == null ? null : before.latestRestorableTime()),
            app.databaseCopies().isEmpty()
                ? null
                : quiet(
                    outcome.backups().copied(),
                    before == null ? null : before.replicatedRestorableTime()));
  }

  private static @Nullable VerificationStatus verified(Backups now, @Nullable BackupStatus before) {
    Verification ended = now.verified();
    if (ended == null) {
      return before == null ? null : before.lastVerification();
    }
    return new VerificationStatus(
        ended.time().toString(),
        ended.succeeded() ? VerificationResult.SUCCEEDED : VerificationResult.FAILED,
        ended.restoredTo().isEmpty() ? null : ended.restoredTo(),
        Limits.line(ended.message(), Limits.MESSAGE));
  }

  private static @Nullable Instant quiet(@Nullable Instant now, @Nullable String before) {
    if (before == null) {
      return now;
    }
    Instant said = Instant.parse(before);
    boolean stands = now == null || !now.isBefore(said) && now.isBefore(said.plus(LATE));
    return stands ? said : now;
  }

  /** What the status says; null when there is nothing to bring back. */
  @Nullable BackupStatus status() {
    boolean copies = app.databaseCopies().isPresent() || replicated();
    String where = copies && !recoveryRegion.isEmpty() ? recoveryRegion : null;
    Instant latest = known.latest();
    Instant copied = known.copied();
    return latest == null && copied == null && where == null && verified == null
        ? null
        : new BackupStatus(text(latest), where, text(copied), verified);
  }

  private boolean replicated() {
    return app.bucketCopies().isPresent() || app.tableCopies().isPresent();
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  /**
   * What there is to say when everything that copies need is there; empty for an app without data
   * that is backed up.
   *
   * @param actual what is known now, not what the status said before
   */
  Optional<Fact> fact(Backups actual, Instant now) {
    if (app.deleting() || app.databaseSettings().isEmpty() && !replicated()) {
      return Optional.empty();
    }
    return Optional.of(
        database(actual, now)
            .or(() -> copies(actual))
            .or(this::verification)
            .orElseGet(() -> Fact.yes(TYPE, "Restorable", where())));
  }

  private Optional<Fact> database(Backups actual, Instant now) {
    if (app.databaseSettings().isEmpty()) {
      return Optional.empty();
    }
    Instant latest = newest(actual.latest(), known.latest());
    if (latest == null) {
      return Optional.of(Fact.no(TYPE, "NoBackupYet", "the database has no backup yet"));
    }
    // A quarter of an hour may be missing from the time that is known.
    return late(latest, now.minus(Duration.ofMinutes(15)))
        ? Optional.of(
            Fact.no(TYPE, "Late", "the database cannot be brought back to within the last hour"))
        : Optional.empty();
  }

  /** What was verified long ago counts for as long as it is to be verified again. */
  private Optional<Fact> verification() {
    boolean failed = verified != null && verified.result() == VerificationResult.FAILED;
    return app.restoreTest().isPresent() && failed
        ? Optional.of(
            Fact.no(
                TYPE,
                "VerificationFailed",
                "the last verification failed: "
                    + verified.message()
                    + ". It is repeated a day later; see spec.backup.verify"))
        : Optional.empty();
  }

  private Optional<Fact> copies(Backups actual) {
    Optional<Recovery> wanted = app.databaseCopies();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    String region = wanted.get().region();
    Instant copied = newest(actual.copied(), known.copied());
    if (copied == null) {
      return Optional.of(
          Fact.no(
              TYPE, "NoCopyYet", "no backup of the database has arrived in " + region + " yet"));
    }
    Instant latest = newest(actual.latest(), known.latest());
    return latest != null && late(copied, latest)
        ? Optional.of(
            Fact.no(TYPE, "CopyLate", "the copies in " + region + " are more than an hour behind"))
        : Optional.empty();
  }

  private static @Nullable Instant newest(@Nullable Instant actual, @Nullable Instant said) {
    return actual == null ? said : actual;
  }

  private static boolean late(Instant time, Instant reference) {
    return time.plus(LATE).isBefore(reference);
  }

  private String where() {
    return recoveryRegion.isEmpty() ? "no copies in another region" : "copies in " + recoveryRegion;
  }
}
