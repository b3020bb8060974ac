package io.highlyavailable.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highlyavailable.operator.Seeds;
import io.highlyavailable.operator.model.App.Scale;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrafficFloorTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration MINUTE = TrafficFloor.PERIOD;

  /** 2 to 20 replicas of 50 requests a second each, five minutes of patience. */
  private static final Scale.Automatic SCALE = scale(2, 20, 300, 50);

  private static Scale.Automatic scale(int least, int most, int window, Integer requests) {
    return new Scale.Automatic(least, most, 70, null, Duration.ofSeconds(window), requests);
  }

  /** Rates minute by minute up to the newest; negative for a minute without data. */
  private static SortedMap<Instant, Double> readings(Instant newest, double... rates) {
    SortedMap<Instant, Double> readings = new TreeMap<>();
    for (int i = 0; i < rates.length; i++) {
      if (rates[i] >= 0) {
        readings.put(newest.minus(MINUTE.multipliedBy(rates.length - 1L - i)), rates[i]);
      }
    }
    return readings;
  }

  /** With the two minutes that CloudWatch is late. */
  private static TrafficFloor decide(int before, double... rates) {
    return TrafficFloor.decide(
        SCALE, readings(NOW.minus(MINUTE.multipliedBy(3)), rates), before, NOW);
  }

  @Test
  void risesAtOnceToWhatTheNewestMinuteNeeds() {
    assertThat(decide(2, 90, 90, 90, 90, 90, 260)).isEqualTo(new TrafficFloor(6, true));
    assertThat(decide(2, 260)).isEqualTo(new TrafficFloor(6, true));
  }

  @Test
  void aReplicaServesExactlyItsTarget() {
    assertThat(decide(2, 150).replicas()).isEqualTo(3);
    assertThat(decide(2, 150.01).replicas()).isEqualTo(4);
    assertThat(
            TrafficFloor.decide(scale(2, 20, 300, 1), readings(NOW.minus(MINUTE), 3.0), 2, NOW)
                .replicas())
        .isEqualTo(3);
  }

  @Test
  void runsAheadOfAFastRiseButNotBeyondTwiceWhatWasMeasured() {
    assertThat(decide(2, 100, 140, 180).replicas()).as("180 + 3.5 * 40").isEqualTo(7);
    assertThat(decide(2, 10, 100, 200).replicas()).as("twice 200").isEqualTo(8);
    assertThat(decide(2, 10, 10, 200).replicas()).as("a jump is no trend").isEqualTo(4);
    assertThat(decide(2, 194, 196, 197.8).replicas()).as("a slow rise").isEqualTo(4);
    assertThat(decide(2, 100, -1, 180).replicas()).as("a gap").isEqualTo(4);
  }

  @Test
  void fallsOnlyWhenTheWholeWindowIsLower() {
    assertThat(decide(6, 260, 90, 90, 90, 90).replicas()).isEqualTo(6);
    assertThat(decide(6, 260, 90, 90, 90, 90, 90).replicas()).isEqualTo(2);
    assertThat(decide(6, 90, 90, 90).replicas()).as("not seen yet").isEqualTo(6);
    assertThat(decide(6, 90, 90, 90, 90, 90).replicas()).as("seen now").isEqualTo(2);
  }

  @Test
  void fallsToNoLessThanLeavesSomeRoom() {
    assertThat(decide(6, 248, 248, 248, 248, 248, 248).replicas()).as("5 would do").isEqualTo(6);
    assertThat(decide(6, 235, 235, 235, 235, 235, 235).replicas()).isEqualTo(5);
    assertThat(decide(4, 248, 248, 248, 248, 248, 248).replicas()).isEqualTo(5);
  }

  @Test
  void noRequestsNeedTheLeast() {
    assertThat(decide(9, 0, 0, 0, 0, 0, 0)).isEqualTo(new TrafficFloor(2, true));
  }

  @Test
  void staysWithinItsBoundsWhateverWasBefore() {
    assertThat(decide(2, 5000).replicas()).isEqualTo(20);
    assertThat(decide(2, Double.MAX_VALUE).replicas()).isEqualTo(20);
    assertThat(decide(0).replicas()).isEqualTo(2);
    assertThat(decide(50).replicas()).isEqualTo(20);
  }

  @Test
  void isHeldWithoutData() {
    assertThat(decide(7)).isEqualTo(new TrafficFloor(7, false));
  }

  @Test
  void isHeldByOldDataButMayRiseByIt() {
    Instant old = NOW.minus(TrafficFloor.FRESH).minus(MINUTE).minusSeconds(1);
    SortedMap<Instant, Double> low = readings(old, 60, 60, 60, 60, 60, 60);
    assertThat(TrafficFloor.decide(SCALE, low, 7, NOW)).isEqualTo(new TrafficFloor(7, false));
    assertThat(TrafficFloor.decide(SCALE, low, 7, NOW.minusSeconds(1)))
        .isEqualTo(new TrafficFloor(2, true));
    SortedMap<Instant, Double> high = readings(old, 400);
    assertThat(TrafficFloor.decide(SCALE, high, 7, NOW)).isEqualTo(new TrafficFloor(8, false));
  }

  @Test
  void isHeldUntilTheWindowWasSeenAgainAfterAGap() {
    assertThat(decide(6, 260, -1, -1, -1, -1, -1, 60).replicas()).isEqualTo(6);
    assertThat(decide(6, 260, -1, -1, -1, -1, -1, 60, 60, 60, 60, 60).replicas()).isEqualTo(2);
    assertThat(decide(6, 60, 60, -1, 60, 60, 60).replicas()).as("one is not missed").isEqualTo(2);
  }

  @Test
  void doesNotLookAtAMinuteThatHasNotEnded() {
    SortedMap<Instant, Double> readings = readings(NOW, 60, 60, 60, 60, 60, 60, 900);
    assertThat(TrafficFloor.decide(SCALE, readings, 2, NOW.plusSeconds(59)).replicas())
        .isEqualTo(2);
    assertThat(TrafficFloor.decide(SCALE, readings, 2, NOW.plusSeconds(60)).replicas())
        .isEqualTo(18);
  }

  @Test
  void theNewestMinuteNeverLetsItFallAlone() {
    Scale.Automatic impatient = scale(2, 20, 0, 50);
    Instant newest = NOW.minus(MINUTE);
    assertThat(
            TrafficFloor.decide(impatient, readings(newest, 260, 260, 260, 10), 6, NOW).replicas())
        .isEqualTo(6);
    assertThat(TrafficFloor.decide(impatient, readings(newest, 260, 10, 10, 10), 6, NOW).replicas())
        .isEqualTo(2);
  }

  @Test
  void needsReadingsOfTheWindowAndOfWhatWentBefore() {
    assertThat(TrafficFloor.since(Duration.ofMinutes(10), NOW))
        .isEqualTo(NOW.minus(Duration.ofMinutes(19)));
    assertThat(TrafficFloor.since(Duration.ZERO, NOW)).isEqualTo(NOW.minus(Duration.ofMinutes(12)));
  }

  @Test
  void isOnlyForAppsThatAreScaledOnRequests() {
    Scale.Automatic other = scale(2, 20, 300, null);
    assertThatThrownBy(() -> TrafficFloor.decide(other, new TreeMap<>(), 2, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A case of its own for each seed. */
  private record Case(Scale.Automatic scale, SortedMap<Instant, Double> readings, int before) {
    static Case of(long seed) {
      Random random = new Random(seed);
      int least = 2 + random.nextInt(5);
      Scale.Automatic scale =
          TrafficFloorTest.scale(
              least,
              least + random.nextInt(40),
              random.nextInt(20) * 60,
              1 + random.nextInt(random.nextBoolean() ? 5 : 500));
      double[] rates = new double[random.nextInt(40)];
      double level = random.nextDouble() * scale.requestsPerSecond() * scale.maxReplicas() * 1.2;
      for (int i = 0; i < rates.length; i++) {
        level *= random.nextInt(10) == 0 ? random.nextDouble() * 3 : 1 + random.nextGaussian() / 20;
        rates[i] = random.nextInt(8) == 0 ? -1 : Math.max(0, level);
      }
      Instant newest = NOW.minusSeconds(random.nextInt(600));
      return new Case(scale, TrafficFloorTest.readings(newest, rates), random.nextInt(60));
    }

    TrafficFloor decide() {
      return TrafficFloor.decide(scale, readings, before, NOW);
    }

    int held() {
      return Math.clamp(before, scale.minReplicas(), scale.maxReplicas());
    }

    Case with(SortedMap<Instant, Double> others, int other) {
      return new Case(scale, others, other);
    }
  }

  @Test
  void isAlwaysWithinTheBoundsAndNeverFallsUnknown() {
    Seeds.each(
        seed -> {
          Case it = Case.of(seed);
          TrafficFloor floor = it.decide();
          assertThat(floor.replicas()).isBetween(it.scale.minReplicas(), it.scale.maxReplicas());
          if (!floor.known()) {
            assertThat(floor.replicas()).isGreaterThanOrEqualTo(it.held());
          }
        });
  }

  /** So that the autoscaler is not written each minute for nothing. */
  @Test
  void decidesTheSameAgainOnWhatItDecided() {
    Seeds.each(
        seed -> {
          Case it = Case.of(seed);
          TrafficFloor once = it.decide();
          assertThat(it.with(it.readings, once.replicas()).decide()).isEqualTo(once);
        });
  }

  @Test
  void moreTrafficNeverNeedsLess() {
    Seeds.each(
        seed -> {
          Case it = Case.of(seed);
          SortedMap<Instant, Double> more = new TreeMap<>(it.readings);
          more.replaceAll((minute, rate) -> rate * 1.3);
          assertThat(it.with(more, it.before).decide().replicas())
              .isGreaterThanOrEqualTo(it.decide().replicas());
        });
  }

  @Test
  void alwaysServesTheNewestMinute() {
    Seeds.each(
        seed -> {
          Case it = Case.of(seed);
          SortedMap<Instant, Double> ended = it.readings.headMap(NOW.minus(MINUTE).plusNanos(1));
          if (!ended.isEmpty()) {
            double needed = ended.get(ended.lastKey()) / it.scale.requestsPerSecond();
            assertThat((double) it.decide().replicas())
                .isGreaterThanOrEqualTo(Math.min(needed, it.scale.maxReplicas()) - 1e-6);
          }
        });
  }
}
