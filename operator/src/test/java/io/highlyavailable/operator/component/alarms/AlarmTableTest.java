package io.highlyavailable.operator.component.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.highlyavailable.testbed.build.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlarmTableTest {
  @Test
  void everyRowCanBeReadAndIsInThePageOfTheResource() throws IOException {
    String page = Files.readString(Checkout.find().file("docs/resources/cloudwatch.md"));
    assertThat(AlarmTable.rows()).hasSizeGreaterThan(25);
    for (AlarmTable row : AlarmTable.rows()) {
      assertThat(page).contains(page(row.key()));
      assertThat(row.needed()).isBetween(1, row.points());
      assertThat(row.seconds() % 60).isZero();
    }
  }

  /** One name is said for two rows that are one alarm. */
  private static String page(String key) {
    return "`<name>-" + (key.equals("session-store-engine-cpu") ? "session-store-cpu" : key);
  }

  @Test
  void thresholdsAreNumbersOrFollowSizesThatAreKnown() {
    assertThat(AlarmTable.rows())
        .allMatch(
            row ->
                row.limit().matches("[0-9]+")
                    || Set.of("storage", "memory", "connections", "cores").contains(row.limit()));
  }

  @Test
  void theAgeOfCopiesIsLookedAtAsOftenAsItIsPublished() {
    assertThat(AlarmTable.row("database-recovery-point-age").seconds())
        .isEqualTo((int) RecoveryPointAge.INTERVAL.toSeconds());
  }

  @Test
  void knowsWhichAlarmsUsersFeel() {
    assertThat(AlarmTable.affectsUsers("target-5xx")).isTrue();
    assertThat(AlarmTable.affectsUsers("session-store-evictions-001")).isTrue();
    assertThat(AlarmTable.affectsUsers("database-cpu-r1")).isFalse();
    assertThat(AlarmTable.affectsUsers("latency2")).isFalse();
  }

  @Test
  void refusesARowThatMakesNoSense() {
    assertThatIllegalStateException().isThrownBy(() -> AlarmTable.parse("a | b"));
    String row = "a | n | m | Sum | 60 | over | 0 | 1/1 | good | no | what | why";
    assertThatIllegalStateException()
        .isThrownBy(() -> AlarmTable.parse(row))
        .withMessageContaining("over is none of");
  }
}
