package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.api.v1alpha1.ComponentStatus;
import io.highlyavailable.api.v1alpha1.Condition;
import io.highlyavailable.api.v1alpha1.ConditionStatus;
import io.highlyavailable.api.v1alpha1.DeletionStatus;
import io.highlyavailable.api.v1alpha1.HighlyAvailableAppStatus;
import io.highlyavailable.api.v1alpha1.Ownership;
import io.highlyavailable.api.v1alpha1.Phase;
import io.highlyavailable.operator.engine.StatusWrites.Verdict;
import io.highlyavailable.operator.model.AppKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusWritesTest {
  private static final AppKey APP = new AppKey("default", "shop");

  private Instant now = Instant.parse("2026-11-23T10:00:00Z");
  private final StatusWrites writes = new StatusWrites(() -> now, Set.of("database"));

  private static HighlyAvailableAppStatus status(Phase phase, int replicas) {
    return status(phase, replicas, List.of(), List.of(), null, null);
  }

  private static HighlyAvailableAppStatus status(
      Phase phase,
      int replicas,
      List<Condition> conditions,
      List<ComponentStatus> components,
      @Nullable DeletionStatus deletion,
      @Nullable String handled) {
    return new HighlyAvailableAppStatus(
        1L,
        phase,
        null,
        null,
        replicas,
        null,
        conditions,
        components,
        List.of(),
        deletion,
        handled,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  @Test
  void writesNothingThatIsNotNew() {
    HighlyAvailableAppStatus status = status(Phase.READY, 3);

    assertThat(writes.decide(APP, status, status(Phase.READY, 3))).isEqualTo(Verdict.SAME);
  }

  @Test
  void writesATurnOfPhaseAtOnce() {
    writes.decide(APP, null, status(Phase.PROGRESSING, 0));

    assertThat(writes.decide(APP, status(Phase.PROGRESSING, 0), status(Phase.READY, 3)))
        .isEqualTo(Verdict.WRITE);
  }

  @Test
  void writesDriftAndStallsAtOnce() {
    writes.decide(APP, null, status(Phase.DEGRADED, 3));

    assertThat(
            writes.decide(
                APP,
                with(Phase.DEGRADED, ConditionStatus.TRUE),
                with(Phase.DEGRADED, ConditionStatus.FALSE)))
        .isEqualTo(Verdict.WRITE);
  }

  @Test
  void writesAtOnceThatAZoneWasLost() {
    writes.decide(APP, null, status(Phase.READY, 3));

    assertThat(
            writes.decide(
                APP,
                with(Phase.READY, "HighlyAvailable", ConditionStatus.TRUE),
                with(Phase.READY, "HighlyAvailable", ConditionStatus.FALSE)))
        .isEqualTo(Verdict.WRITE);
  }

  @Test
  void takesWhatIsAddedWhileAnAppComesUpForProgress() {
    writes.decide(APP, null, status(Phase.PROGRESSING, 0));

    assertThat(
            writes.decide(
                APP,
                with(Phase.PROGRESSING, ConditionStatus.TRUE),
                with(Phase.PROGRESSING, ConditionStatus.FALSE)))
        .isEqualTo(Verdict.LATER);
  }

  @Test
  void writesAtOnceWhatIsKept() {
    HighlyAvailableAppStatus deleting = status(Phase.DELETING, 3);
    writes.decide(APP, null, deleting);

    assertThat(writes.decide(APP, deleting, keeping("shop-final"))).isEqualTo(Verdict.WRITE);
    assertThat(writes.decide(APP, keeping("shop-final"), keeping("shop-final")))
        .isEqualTo(Verdict.SAME);
  }

  /** Else what was asked for would be done again and again until then. */
  @Test
  void writesAtOnceThatARequestWasHandled() {
    HighlyAvailableAppStatus before = status(Phase.READY, 3);
    writes.decide(APP, null, before);
    HighlyAvailableAppStatus handled = status(Phase.READY, 3, List.of(), List.of(), null, "now");

    assertThat(writes.decide(APP, before, handled)).isEqualTo(Verdict.WRITE);
  }

  private static HighlyAvailableAppStatus keeping(String snapshot) {
    DeletionStatus deletion = new DeletionStatus(List.of(), List.of(), List.of(snapshot));
    return status(Phase.DELETING, 3, List.of(), List.of(), deletion, null);
  }

  private static HighlyAvailableAppStatus with(Phase phase, ConditionStatus inSync) {
    return with(phase, "InSync", inSync);
  }

  private static HighlyAvailableAppStatus with(
      Phase phase, String condition, ConditionStatus value) {
    return status(
        phase,
        3,
        List.of(new Condition(condition, value, "Any", "", 1L, "2026-11-23T10:00:00Z")),
        List.of(),
        null,
        null);
  }

  @Test
  void writesThreeTimesInAMinuteOfConstantProgress() {
    assertThat(progress(Duration.ofSeconds(60))).isEqualTo(3);
  }

  @Test
  void writesOnceAMinuteWhenProgressTakesLong() {
    progress(Duration.ofMinutes(10));

    assertThat(progress(Duration.ofMinutes(10))).isEqualTo(10);
  }

  @Test
  void startsWithShortPausesAgainAfterSilence() {
    progress(Duration.ofMinutes(10));
    now = now.plus(Duration.ofMinutes(10));
    HighlyAvailableAppStatus before = status(Phase.PROGRESSING, -1);
    HighlyAvailableAppStatus after = status(Phase.PROGRESSING, -2);
    writes.decide(APP, before, after);

    assertThat(writes.waiting(APP, before, after)).isEqualTo(Duration.ofSeconds(5));
  }

  /** Else data that is deleted by hand before its identifier is on record would be made anew. */
  @Test
  void writesTheFirstSightOfDataWithinSecondsHoweverLongThePauseIs() {
    writeAfterLongPauses();
    now = now.plusSeconds(5);
    HighlyAvailableAppStatus before = showing("database", null);

    assertThat(writes.decide(APP, before, showing("database", "arn:db"))).isEqualTo(Verdict.WRITE);
  }

  @Test
  void takesTheFirstSightOfWhatCanBeMadeAnewForProgress() {
    writeAfterLongPauses();
    now = now.plusSeconds(5);

    assertThat(writes.decide(APP, showing("alarms", null), showing("alarms", "arn:alarm")))
        .isEqualTo(Verdict.LATER);
  }

  private void writeAfterLongPauses() {
    progress(Duration.ofMinutes(10));
    now = now.plusSeconds(60);
    assertThat(writes.decide(APP, status(Phase.PROGRESSING, -1), status(Phase.PROGRESSING, -2)))
        .isEqualTo(Verdict.WRITE);
  }

  private static HighlyAvailableAppStatus showing(String component, @Nullable String id) {
    ComponentStatus shown =
        new ComponentStatus(
            component,
            "rds",
            id,
            Ownership.CREATED,
            "creating",
            false,
            null,
            null,
            null,
            null,
            List.of());
    return status(Phase.PROGRESSING, 0, List.of(), List.of(shown), null, null);
  }

  /** Something new every second. */
  private int progress(Duration length) {
    int written = 0;
    HighlyAvailableAppStatus last = null;
    for (int second = 0; second < length.toSeconds(); second++) {
      HighlyAvailableAppStatus next = status(Phase.PROGRESSING, second);
      HighlyAvailableAppStatus before = last == null ? status(Phase.PROGRESSING, -1) : last;
      if (writes.decide(APP, before, next) == Verdict.WRITE) {
        written++;
        last = next;
      }
      now = now.plusSeconds(1);
    }
    return written;
  }
}
