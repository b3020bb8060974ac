package io.highlyavailable.operator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceWindowTest {

  @ParameterizedTest
  @CsvSource({
    // 22 November 2026 is a Sunday.
    "sun:03:00-sun:04:00, 2026-11-22T02:59:59Z, false",
    "sun:03:00-sun:04:00, 2026-11-22T03:00:00Z, true",
    "sun:03:00-sun:04:00, 2026-11-22T03:59:59Z, true",
    "sun:03:00-sun:04:00, 2026-11-22T04:00:00Z, false",
    "sun:03:00-sun:04:00, 2026-11-23T03:30:00Z, false",
    "sun:23:30-mon:00:30, 2026-11-22T23:45:00Z, true",
    "sun:23:30-mon:00:30, 2026-11-23T00:15:00Z, true",
    "sun:23:30-mon:00:30, 2026-11-23T00:30:00Z, false",
    "mon:00:00-mon:01:00, 2026-11-23T00:00:00Z, true",
  })
  void isOpenOnceAWeek(String window, Instant at, boolean open) {
    assertThat(MaintenanceWindow.parse(window).open(at)).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "sun:03:00-sun:04:00, 01:00-02:00, false",
    "sun:03:00-sun:04:00, 02:00-03:00, false",
    "sun:03:00-sun:04:00, 04:00-05:00, false",
    "sun:03:00-sun:04:00, 03:30-05:00, true",
    "sun:03:00-sun:04:00, 02:30-03:30, true",
    "sun:23:30-mon:00:30, 00:00-01:00, true",
    "sun:01:00-sun:02:00, 23:00-01:30, true",
  })
  void overlapsABackupWindow(String window, String daily, boolean overlaps) {
    assertThat(MaintenanceWindow.parse(window).overlaps(daily)).isEqualTo(overlaps);
  }

  @Test
  void hasHalfHoursBeforeItThatItDoesNotOverlap() {
    for (String text :
        List.of("sun:03:00-sun:04:00", "mon:00:10-mon:03:10", "sun:23:30-mon:00:30")) {
      MaintenanceWindow window = MaintenanceWindow.parse(text);
      Set<String> halfHours =
          IntStream.range(0, 200)
              .mapToObj(app -> window.halfHourBefore("ha-shop-" + app))
              .collect(Collectors.toSet());
      assertThat(halfHours).hasSize(16).noneMatch(window::overlaps);
      assertThat(window.halfHourBefore("ha-shop-1")).isEqualTo(window.halfHourBefore("ha-shop-1"));
    }
  }

  @Test
  void mayPassTheEndOfTheWeek() {
    assertThat(MaintenanceWindow.parse("sun:23:30-mon:00:30").length())
        .isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sun:03:00",
        "sunday:03:00-04:00",
        "son:03:00-sun:04:00",
        "sun:3:00-sun:04:000",
        "sun:03:00-sun:24:00"
      })
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> MaintenanceWindow.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "sun:03:00-sun:03:30, sun:03:00-sun:04:00",
    "sun:23:30-mon:00:00, sun:23:30-mon:00:30",
    "sat:23:10-sat:23:40, sat:23:10-sun:00:10",
    "sun:03:00-sun:05:00, sun:03:00-sun:05:00",
  })
  void growsForServicesThatAskForMore(String given, String grown) {
    MaintenanceWindow window = MaintenanceWindow.parse(given).atLeast(Duration.ofHours(1));
    assertThat(window).isEqualTo(MaintenanceWindow.parse(grown));
  }
}
