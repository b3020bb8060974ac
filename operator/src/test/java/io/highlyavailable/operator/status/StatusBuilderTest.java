package io.highlyavailable.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.AlarmStatus;
import io.highlyavailable.api.v1alpha1.Condition;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.RaisedAlarm;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.plan.Drift;
import io.highlyavailable.operator.plan.HeldChanges;
import io.highlyavailable.operator.plan.Plan;
import io.highlyavailable.operator.plan.Recorded;
import io.highlyavailable.operator.plan.Report;
import io.highlyavailable.operator.plan.Standing;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusBuilderTest {
  private static final String EARLY = "2026-11-23T10:00:00Z";
  private static final String LATE = "2026-11-23T11:00:00Z";

  private static Report report(Standing standing, String message) {
    return new Report(
        "store",
        "fake",
        "StoreReady",
        standing,
        "arn",
        Report.CREATED,
        "up",
        message,
        "",
        List.of());
  }

  private static Outcome outcome(Report... reports) {
    return new Outcome(
        SampleApp.named("shop").build(),
        List.of(reports),
        List.of(),
        Plan.Removal.NONE,
        "",
        "",
        3,
        3,
        new Plan.Home("111122223333", "us-east-1", ""),
        HeldChanges.NONE,
        "",
        "");
  }

  private static HighlyAvailableAppStatus at(
      String time, Outcome outcome, @Nullable HighlyAvailableAppStatus before) {
    return new StatusBuilder(() -> Instant.parse(time)).build(outcome, before);
  }

  private static Condition condition(HighlyAvailableAppStatus status, String type) {
    return status.conditions().stream()
        .filter(it -> it.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void movesTheTimeOfAConditionOnlyWithItsStatus() {
    var waiting = at(EARLY, outcome(report(Standing.PROGRESSING, "one")), null);
    var other = at(LATE, outcome(report(Standing.PROGRESSING, "another")), waiting);
    var ready = at(LATE, outcome(report(Standing.READY, "")), waiting);

    assertThat(condition(other, "StoreReady").lastTransitionTime()).isEqualTo(EARLY);
    assertThat(condition(other, "StoreReady").message()).isEqualTo("store: another");
    assertThat(condition(ready, "StoreReady").lastTransitionTime()).isEqualTo(LATE);
    assertThat(condition(ready, "InSync").lastTransitionTime()).isEqualTo(EARLY);
  }

  @Test
  void saysNothingNewWhileNothingChanges() {
    var before = at(EARLY, outcome(report(Standing.READY, "")), null);
    assertThat(at(LATE, outcome(report(Standing.READY, "")), before)).isEqualTo(before);
  }

  @Test
  void isDegradedOnlyAfterItWasReadyWithTheSameSpec() {
    Outcome failing = outcome(report(Standing.FAILED, "broken"));
    var ready = at(EARLY, outcome(report(Standing.READY, "")), null);
    var degraded = at(LATE, failing, ready);

    assertThat(at(EARLY, failing, null).phase()).isEqualTo(Phase.STALLED);
    assertThat(degraded.phase()).isEqualTo(Phase.DEGRADED);
    assertThat(at(LATE, failing, degraded).phase()).isEqualTo(Phase.DEGRADED);
  }

  private static Report watched(Standing standing, String ownership, RaisedAlarm... alarms) {
    return new Report(
        "monitoring",
        "cloudwatch-alarms",
        "MonitoringReady",
        standing,
        "",
        ownership,
        ownership.isEmpty() ? "" : "2 alarms",
        "",
        "",
        List.of(),
        List.of(alarms));
  }

  private static RaisedAlarm alarm(String reason, boolean usersAffected) {
    return new RaisedAlarm("ha-a", Instant.parse(EARLY), "Errors", reason, usersAffected);
  }

  @Test
  void isDegradedAndNotReadyWhileAnAlarmSaysThatUsersSuffer() {
    var suffering =
        at(EARLY, outcome(watched(Standing.READY, Report.CREATED, alarm("7 > 5", true))), null);
    assertThat(suffering.phase()).isEqualTo(Phase.DEGRADED);
    assertThat(condition(suffering, "Ready").reason()).isEqualTo("UsersAffected");
    assertThat(condition(suffering, "Ready").message()).isEqualTo("ha-a: Errors");
    assertThat(condition(suffering, "MonitoringReady").status()).isEqualTo(ConditionStatus.TRUE);
    assertThat(condition(suffering, "Stalled").status()).isEqualTo(ConditionStatus.FALSE);
    assertThat(condition(suffering, "Reconciling").status()).isEqualTo(ConditionStatus.FALSE);

    var over = at(LATE, outcome(watched(Standing.READY, Report.CREATED)), suffering);
    assertThat(over.phase()).isEqualTo(Phase.READY);
    assertThat(over.components().getFirst().alarms()).isEmpty();
  }

  @Test
  void anAlarmThatUsersDoNotFeelIsSaidAndNoMore() {
    var status =
        at(EARLY, outcome(watched(Standing.READY, Report.CREATED, alarm("", false))), null);
    assertThat(status.phase()).isEqualTo(Phase.READY);
    assertThat(status.components().getFirst().alarms())
        .containsExactly(new AlarmStatus("ha-a", EARLY, false, "Errors", null));
  }

  @Test
  void keepsTheWordsWithWhichAnAlarmCameOn() {
    var before =
        at(EARLY, outcome(watched(Standing.READY, Report.CREATED, alarm("7 > 5", true))), null);
    var after = outcome(watched(Standing.READY, Report.CREATED, alarm("9 > 5", true)));
    assertThat(at(LATE, after, before)).isEqualTo(before);
  }

  @Test
  void alarmsThatNobodyCanSeeAreNotOver() {
    var before =
        at(EARLY, outcome(watched(Standing.READY, Report.CREATED, alarm("7 > 5", true))), null);
    var blind = at(LATE, outcome(watched(Standing.PROGRESSING, "")), before);
    assertThat(blind.components().getFirst().alarms()).hasSize(1);
    assertThat(blind.phase()).isEqualTo(Phase.DEGRADED);
  }

  @Test
  void staysWithinItsSchemaWhateverProvidersSay() {
    String text = "line\n".repeat(20_000);
    Difference difference = new Difference(text, text, text, Difference.Impact.IN_PLACE);
    Report report =
        new Report(
            "store",
            "fake",
            "StoreReady",
            Standing.FAILED,
            text,
            Report.CREATED,
            text,
            text,
            text,
            Collections.nCopies(100, new Drift(difference, Drift.Outcome.CORRECTING)));
    List<String> lines = Collections.nCopies(100, text);
    Outcome outcome =
        new Outcome(
            SampleApp.named("shop").build(),
            List.of(report),
            List.of(),
            new Plan.Removal(lines, lines, lines),
            "",
            "",
            3,
            3,
            new Plan.Home("", "", ""),
            HeldChanges.NONE,
            "",
            "");
    HighlyAvailableAppStatus status = at(EARLY, outcome, null);

    var component = status.components().getFirst();
    assertThat(component.message()).hasSize(32_768).doesNotContain("\n");
    assertThat(component.nextStep()).hasSize(4096);
    assertThat(component.id()).hasSize(2048);
    assertThat(component.state()).hasSize(128);
    assertThat(component.drift()).hasSize(64);
    assertThat(component.drift().getFirst().field()).hasSize(256);
    assertThat(component.drift().getFirst().actual()).hasSize(1024);
    assertThat(status.conditions()).allMatch(it -> it.message().length() <= 32_768);
    assertThat(status.deletion().retained()).hasSize(64).allMatch(it -> it.length() <= 2048);
    assertThat(status.deletion().blockedBy()).hasSize(64).allMatch(it -> it.length() <= 4096);
  }

  @Test
  void recordsWhatLaterPlansRelyOn() {
    Report begun =
        new Report(
            "files",
            "fake",
            "FilesReady",
            Standing.PROGRESSING,
            "",
            "",
            Report.CREATING,
            "",
            "",
            List.of());
    Report absent =
        new Report(
            "role", "fake", "FilesReady", Standing.PROGRESSING, "", "", "", "", "", List.of());
    Recorded recorded =
        StatusReader.recorded(at(EARLY, outcome(report(Standing.READY, ""), begun, absent), null));

    assertThat(recorded.ids()).containsOnlyKeys(new ComponentName("store"));
    assertThat(recorded.begun()).containsExactly(new ComponentName("files"));
    assertThat(recorded.accountId()).isEqualTo("111122223333");
    assertThat(recorded.region()).isEqualTo("us-east-1");
    assertThat(recorded.knows(new ComponentName("role"))).isFalse();
    assertThat(StatusReader.recorded(null)).isEqualTo(Recorded.NOTHING);
  }
}
