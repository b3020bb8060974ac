package io.highlyavailable.operator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A day of traffic, always the same for a seed: the daily curve of a shop, with noise, and on top
 * of it spikes, ramps and a short silence; and the minutes of it that CloudWatch never shows.
 */
final class TrafficDay {
  /** Share of the day's peak by hour, as load balancers of shops record it. */
  private static final double[] HOURS = {
    .22, .16, .12, .10, .10, .14, .25, .42, .60, .72, .80, .85,
    .90, .86, .82, .80, .82, .88, .95, 1.0, .98, .85, .60, .38
  };

  private static final int SECONDS = 24 * 3600;

  /** Steps of the day, in seconds. */
  static final int STEP = 5;

  private final double[] rates = new double[SECONDS / STEP];
  private final List<int[]> gaps = new ArrayList<>();
  private final Instant begin;

  TrafficDay(Instant begin, double peak, long seed) {
    this.begin = begin;
    Random random = new Random(seed);
    List<double[]> events = events(random);
    double drift = 0;
    for (int i = 0; i < rates.length; i++) {
      int second = i * STEP;
      drift = drift * 0.98 + random.nextGaussian() * 0.01;
      double level = peak * daily(second) * (1 + drift);
      for (double[] event : events) {
        level *= factor(event, second);
      }
      rates[i] = Math.max(0, level * (1 + random.nextGaussian() * 0.02));
    }
    gap(random, 20);
    gap(random, 6);
    for (int i = 0; i < 6; i++) {
      gap(random, 1 + random.nextInt(2));
    }
  }

  private static double daily(int second) {
    int hour = second / 3600;
    double next = HOURS[(hour + 1) % 24];
    return HOURS[hour] + (next - HOURS[hour]) * (second % 3600) / 3600.0;
  }

  /** Begin, seconds of rise, seconds held, seconds of decline, and how many times the traffic. */
  private static List<double[]> events(Random random) {
    List<double[]> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) { // a mail to all customers
      events.add(event(random, 20 + random.nextInt(60), 180 + random.nextInt(300), 600, 1.5, 1.5));
    }
    for (int i = 0; i < 2; i++) { // a campaign
      events.add(event(random, 600 + random.nextInt(600), 1800, 1200, 1.5, 1));
    }
    events.add(event(random, 10, 180, 10, 0, 0)); // something before the load balancer broke
    return events;
  }

  private static double[] event(
      Random random, int rise, int hold, int decline, double least, double spread) {
    return new double[] {
      3600 + random.nextInt(SECONDS - 3 * 3600),
      rise,
      hold,
      decline,
      least + random.nextDouble() * spread
    };
  }

  private static double factor(double[] event, int second) {
    double into = second - event[0];
    double share;
    if (into < 0 || into > event[1] + event[2] + event[3]) {
      share = 0;
    } else if (into < event[1]) {
      share = into / event[1];
    } else if (into < event[1] + event[2]) {
      share = 1;
    } else {
      share = 1 - (into - event[1] - event[2]) / event[3];
    }
    return 1 + share * (event[4] - 1);
  }

  private void gap(Random random, int minutes) {
    int from = random.nextInt(24 * 60 - minutes);
    gaps.add(new int[] {from, from + minutes});
  }

  /** Requests a second, now. */
  double rate(Instant now) {
    return rates[(int) (Duration.between(begin, now).toSeconds() / STEP)];
  }

  /** The average of a minute. */
  double minute(Instant beginning) {
    double sum = 0;
    for (int second = 0; second < 60; second += STEP) {
      sum += rate(beginning.plusSeconds(second));
    }
    return sum * STEP / 60;
  }

  /** Whether CloudWatch never shows a minute. */
  boolean lost(Instant beginning) {
    long minute = Duration.between(begin, beginning).toMinutes();
    return gaps.stream().anyMatch(gap -> gap[0] <= minute && minute < gap[1]);
  }
}
