package io.highlyavailable.operator.component.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmRuleTest {
  @Test
  void joinsWhatIsOn() {
    assertThat(AlarmRule.anyOn(List.of("ha-a-latency", "ha-a-target-5xx")).text())
        .isEqualTo("ALARM(\"ha-a-latency\") OR ALARM(\"ha-a-target-5xx\")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\") OR TRUE OR ALARM(\"b", "a\\", "a\nb"})
  void refusesNamesThatWouldEndTheirQuotes(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new AlarmRule.On(name));
  }

  @Test
  void takesAHundredAlarmsAndNoneIsNoRule() {
    List<String> all = IntStream.rangeClosed(1, 101).mapToObj(i -> "a" + i).toList();
    assertThat(AlarmRule.anyOn(all.subList(0, 100)).text()).hasSizeLessThan(10_240);
    assertThatIllegalArgumentException().isThrownBy(() -> AlarmRule.anyOn(all));
    assertThatIllegalArgumentException().isThrownBy(() -> AlarmRule.anyOn(List.of()));
  }
}
