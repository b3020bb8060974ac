package io.highlyavailable.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Days of traffic through the real controller, against an oracle that knows the future: {@code
 * -Dtraffic.days=100} simulates more of them.
 */
class TrafficSimulationTest {
  private static final int DAYS = Integer.getInteger("traffic.days", 3);

  private static TrafficSimulation.Result ours;
  private static TrafficSimulation.Result tracking;

  @BeforeAll
  static void simulate() {
    ours = all(TrafficSimulation::operator);
    tracking = all(TrafficSimulation::targetTracking);
    System.out.printf("%d days, in percent of what the oracle has (minutes: of all)%n", DAYS);
    print("operator", ours);
    print("target tracking", tracking);
  }

  private static TrafficSimulation.Result all(
      Function<TrafficSimulation, TrafficSimulation.Result> controller) {
    return LongStream.range(0, DAYS)
        .mapToObj(TrafficSimulation::new)
        .map(controller)
        .reduce(TrafficSimulation.Result::plus)
        .orElseThrow();
  }

  private static void print(String name, TrafficSimulation.Result result) {
    System.out.printf(
        "%-16s over %5.1f %%  under %5.2f %%  minutes under %5.2f %%  writes a day %d%n",
        name,
        result.overPercent(),
        result.underPercent(),
        result.minutesUnderPercent(DAYS),
        result.writes() / DAYS);
  }

  @Test
  void hasHardlyEverTooFew() {
    assertThat(ours.underPercent()).isLessThan(2);
    assertThat(ours.minutesUnderPercent(DAYS)).isLessThan(7);
  }

  @Test
  void doesNotHaveManyTooMany() {
    assertThat(ours.overPercent()).isLessThan(14);
  }

  @Test
  void isBetterThanTargetTrackingOnTheSameLateData() {
    assertThat(ours.minutesUnder()).isLessThan(tracking.minutesUnder() / 2);
    assertThat(ours.under()).isLessThan(tracking.under() * 2 / 3);
  }

  @Test
  void doesNotWriteForNothing() {
    assertThat(ours.writes() / DAYS).isLessThan(300);
  }
}
