package io.highlyavailable.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.BackupStatus;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.VerificationResult;
import io.highlyavailable.api.v1alpha1.VerificationStatus;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.kubernetes.ZoneSpread;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DeletionPolicy;
import io.highlyavailable.operator.model.Recovery;
import io.highlyavailable.operator.model.RestoreTest;
import io.highlyavailable.operator.model.TableSettings;
import io.highlyavailable.operator.model.Verification;
import io.highlyavailable.operator.plan.Backups;
import io.highlyavailable.operator.plan.HeldChanges;
import io.highlyavailable.operator.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupFactsTest {
  private static final String DAY = "2026-11-23T";

  private static @Nullable Instant at(@Nullable String time) {
    return time == null ? null : Instant.parse(DAY + time + ":00Z");
  }

  private static Outcome outcome(App app, Backups backups) {
    return new Outcome(
        app,
        List.of(),
        List.of(),
        Plan.Removal.NONE,
        "",
        "",
        0,
        0,
        new Plan.Home("1", "us-east-1", app.recoverySettings().map(Recovery::region).orElse("")),
        HeldChanges.NONE,
        backups,
        Map.of(),
        Map.of(),
        null,
        "",
        "",
        null,
        ZoneSpread.UNKNOWN);
  }

  private static SampleApp copied() {
    return SampleApp.named("shop").recovery(new Recovery("us-west-2", true, true, true));
  }

  private static BackupFacts facts(App app, Backups backups, @Nullable BackupStatus before) {
    return new BackupFacts(outcome(app, backups), before);
  }

  /** Columns: what the status says, what is known, what the status then says. */
  @ParameterizedTest
  @CsvSource({
    ",      ,      ",
    ",      10:00, 10:00",
    "10:00, ,      10:00",
    "10:00, 10:15, 10:00",
    "10:00, 10:45, 10:00",
    "10:00, 11:00, 11:00",
    "10:00, 12:30, 12:30",
    "10:00, 09:45, 09:45",
  })
  void isWrittenAgainOnceAnHourBehindOrWhenItGoesBack(
      @Nullable String said, @Nullable String known, @Nullable String then) {
    App app = SampleApp.named("shop").build();
    Instant before = at(said);
    BackupStatus old =
        before == null ? null : new BackupStatus(before.toString(), null, null, null);
    BackupStatus now = facts(app, new Backups(at(known), null), old).status();
    String written = now == null ? null : now.latestRestorableTime();
    Instant expected = at(then);
    assertThat(written).isEqualTo(expected == null ? null : expected.toString());
  }

  @Test
  void saysWhereCopiesAreAndToWhenTheyReach() {
    Backups known = new Backups(at("10:00"), at("09:45"));
    assertThat(facts(copied().build(), known, null).status())
        .isEqualTo(
            new BackupStatus("2026-11-23T10:00:00Z", "us-west-2", "2026-11-23T09:45:00Z", null));
    assertThat(facts(copied().database(null).build(), Backups.NONE, null).status())
        .isEqualTo(new BackupStatus(null, "us-west-2", null, null));
  }

  @Test
  void forgetsWhatIsNotAskedForAnyMore() {
    BackupStatus before =
        new BackupStatus("2026-11-23T10:00:00Z", "us-west-2", "2026-11-23T09:45:00Z", null);
    App alone = SampleApp.named("shop").build();
    assertThat(facts(alone, Backups.NONE, before).status())
        .isEqualTo(new BackupStatus("2026-11-23T10:00:00Z", null, null, null));
    App nothing = SampleApp.named("shop").database(null).bucket(null).build();
    assertThat(facts(nothing, Backups.NONE, before).status()).isNull();
  }

  /** Columns: newest time here, newest copy, whether copies are asked for, reason. */
  @ParameterizedTest
  @CsvSource({
    "11:45, ,      false, Restorable",
    "11:45, 11:30, true,  Restorable",
    "11:45, 10:45, true,  Restorable",
    ",      ,      true,  NoBackupYet",
    "11:45, ,      true,  NoCopyYet",
    "11:45, 10:30, true,  CopyLate",
    "10:45, 10:45, true,  Restorable",
    "10:30, 10:30, true,  Late",
  })
  void isAConditionWithTheReason(
      @Nullable String latest, @Nullable String copy, boolean copies, String reason) {
    App app = copies ? copied().build() : SampleApp.named("shop").build();
    Backups known = new Backups(at(latest), at(copy));
    Fact fact = facts(app, known, null).fact(known, Instant.parse(DAY + "12:00:00Z")).orElseThrow();
    assertThat(fact.type()).isEqualTo("BackupsReady");
    assertThat(fact.reason()).isEqualTo(reason);
    assertThat(fact.status() == ConditionStatus.TRUE).isEqualTo(reason.equals("Restorable"));
    assertThat(fact.message()).doesNotContain(DAY);
  }

  @Test
  void aFailedVerificationIsRememberedAndSaid() {
    RestoreTest weekly =
        new RestoreTest(Duration.ofDays(7), "db.t4g.small", Duration.ofHours(4), null);
    App app = SampleApp.named("shop").restoreTest(weekly).build();
    Instant noon = Instant.parse(DAY + "12:00:00Z");
    Backups failed =
        new Backups(at("11:45"), null).with(new Verification(noon, false, "", "it does not open"));
    BackupStatus now = facts(app, failed, null).status();
    assertThat(now.lastVerification())
        .isEqualTo(
            new VerificationStatus(
                DAY + "12:00:00Z", VerificationResult.FAILED, null, "it does not open"));
    Backups later = new Backups(at("11:45"), null);
    assertThat(facts(app, later, now).status().lastVerification())
        .isEqualTo(now.lastVerification());
    Fact fact = facts(app, later, now).fact(later, noon).orElseThrow();
    assertThat(fact.reason()).isEqualTo("VerificationFailed");
    assertThat(fact.message()).contains("it does not open").contains("a day later");
    App declined = SampleApp.named("shop").build();
    assertThat(facts(declined, later, now).fact(later, noon).orElseThrow().reason())
        .isEqualTo("Restorable");
    Backups well = later.with(new Verification(noon, true, "", "it opens"));
    assertThat(facts(app, well, now).fact(well, noon).orElseThrow().reason())
        .isEqualTo("Restorable");
  }

  @Test
  void saysWhereTheReplicaOfATableIs() {
    TableSettings table =
        new TableSettings(
            new TableSettings.Key("id", "S"), null, true, "", DeletionPolicy.SNAPSHOT);
    App app = copied().table(table).bucket(null).build();
    BackupFacts facts = facts(app, Backups.NONE, null);
    assertThat(facts.status()).isEqualTo(new BackupStatus(null, "us-west-2", null, null));
    assertThat(facts.fact(Backups.NONE, Instant.EPOCH))
        .contains(Fact.yes("BackupsReady", "Restorable", "copies in us-west-2"));
  }

  @Test
  void saysNothingOfAnAppWithoutBackups() {
    App app = SampleApp.named("shop").database(null).build();
    assertThat(facts(app, Backups.NONE, null).fact(Backups.NONE, Instant.EPOCH)).isEmpty();
  }
}
