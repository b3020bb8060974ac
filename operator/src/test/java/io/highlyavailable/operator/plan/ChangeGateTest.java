package io.highlyavailable.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Difference.Impact;
import io.highlyavailable.operator.model.ChangeRules;
import io.highlyavailable.operator.model.Disruptive;
import io.highlyavailable.operator.model.MaintenanceWindow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeGateTest {
  private static final Instant SUNDAY_AT_HALF_PAST_THREE = Instant.parse("2026-11-22T03:30:00Z");
  private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");
  private static final Difference RESTART = change("instanceClass", Impact.DISRUPTIVE);
  private static final Difference MAJOR = change("version", Impact.IRREVERSIBLE);
  private static final Difference HARMLESS = change("backupRetentionDays", Impact.IN_PLACE);

  private static Difference change(String field, Impact impact) {
    return new Difference(field, "b", "a", impact);
  }

  private static ChangeGate gate(Instant now, Disruptive policy, String approved) {
    HeldChanges held =
        HeldChanges.of(
            List.of(
                HeldChanges.Change.of("database", RESTART),
                HeldChanges.Change.of("database", MAJOR)));
    return ChangeGate.at(
        now,
        new ChangeRules(
            policy,
            MaintenanceWindow.parse("sun:03:00-sun:04:00"),
            approved.equals("it") ? held.hash() : approved),
        held);
  }

  private static List<Difference> let(ChangeGate gate) {
    return List.of(HARMLESS, RESTART, MAJOR).stream()
        .filter(change -> gate.lets("database", change))
        .toList();
  }

  @Test
  void theWindowLetsThroughWhatInterruptsAndNotWhatCannotBeUndone() {
    assertThat(let(gate(MONDAY, Disruptive.MAINTENANCE_WINDOW, ""))).containsExactly(HARMLESS);
    assertThat(let(gate(SUNDAY_AT_HALF_PAST_THREE, Disruptive.MAINTENANCE_WINDOW, "")))
        .containsExactly(HARMLESS, RESTART);
  }

  @Test
  void immediateNeedsNoWindow() {
    assertThat(let(gate(MONDAY, Disruptive.IMMEDIATE, ""))).containsExactly(HARMLESS, RESTART);
  }

  @Test
  void approvalIsAskedForEvenInTheWindow() {
    assertThat(let(gate(SUNDAY_AT_HALF_PAST_THREE, Disruptive.REQUIRE_APPROVAL, "")))
        .containsExactly(HARMLESS);
  }

  @Test
  void approvalOfTheHashLetsThroughAllItStandsFor() {
    for (Disruptive policy : Disruptive.values()) {
      assertThat(let(gate(MONDAY, policy, "it"))).containsExactly(HARMLESS, RESTART, MAJOR);
    }
  }

  @Test
  void approvalOfAnotherHashLetsThroughNothing() {
    assertThat(let(gate(MONDAY, Disruptive.REQUIRE_APPROVAL, "sha256:other")))
        .containsExactly(HARMLESS);
  }

  @Test
  void approvalIsOfThisComponentOnly() {
    assertThat(gate(MONDAY, Disruptive.REQUIRE_APPROVAL, "it").lets("cache", RESTART)).isFalse();
  }
}
