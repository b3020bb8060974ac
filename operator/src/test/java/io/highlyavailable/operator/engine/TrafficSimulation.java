package io.highlyavailable.operator.engine;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicy;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.SampleApp;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancer;
import io.highlyavailable.operator.component.loadbalancer.LoadBalancerRules;
import io.highlyavailable.operator.kubernetes.AppObjects;
import io.highlyavailable.operator.kubernetes.WorkloadInputs;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.App.Scale;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A day in the life of one app: its traffic, CloudWatch two minutes behind and with gaps, the real
 * {@link Traffic} and the real objects it leads to, a model of the autoscaler's controller, and
 * pods that serve a minute after they are asked for. All on a virtual clock.
 */
final class TrafficSimulation {
  static final Scale.Automatic SCALE =
      new Scale.Automatic(3, 80, 70, null, Duration.ofMinutes(5), 50);

  /** At the peak of the day; campaigns and spikes go beyond. */
  static final double PEAK = 1200;

  private static final Duration LATE = Duration.ofMinutes(2);
  private static final Duration START = Duration.ofSeconds(60);

  /** The operator is restarted as often, and knows nothing then but what is on the autoscaler. */
  private static final Duration LIFE = Duration.ofMinutes(190);

  /** What the autoscaler's controller takes between two looks. */
  private static final int SYNC = 15;

  private static final App APP = SampleApp.named("shop").scale(SCALE).build();
  private static final String ARN =
      "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/k8s-shop/1";

  private final FakeClock clock = new FakeClock();
  private final Instant begin = clock.instant();
  private final TrafficDay day;
  private final Fleet fleet = new Fleet();
  private final Tally tally = new Tally();

  TrafficSimulation(long seed) {
    this.day = new TrafficDay(begin, PEAK, seed);
  }

  /**
   * What came of a day.
   *
   * @param needed replica-minutes that an oracle has, which knows the future
   * @param over replica-minutes beyond those
   * @param under replica-minutes short of them
   * @param minutesUnder minutes in which there were too few for what came in that minute
   * @param writes of the autoscaler object, or of the replicas
   */
  record Result(double needed, double over, double under, int minutesUnder, int writes) {
    Result plus(Result other) {
      return new Result(
          needed + other.needed,
          over + other.over,
          under + other.under,
          minutesUnder + other.minutesUnder,
          writes + other.writes);
    }

    double overPercent() {
      return 100 * over / needed;
    }

    double underPercent() {
      return 100 * under / needed;
    }

    double minutesUnderPercent(int days) {
      return 100.0 * minutesUnder / (days * 24 * 60);
    }
  }

  /** By the operator. */
  Result operator() {
    return run(new Operator());
  }

  /** By target tracking: as many as the newest minute needs, less when all of the window agree. */
  Result targetTracking() {
    return run(new TargetTracking());
  }

  private Result run(IntSupplier controller) {
    int steps = (int) Duration.ofHours(23).plusMinutes(50).toSeconds() / TrafficDay.STEP;
    fleet.begin(need(day.rate(begin)));
    for (int step = 0; step < steps; step++) {
      int floor = controller.getAsInt();
      if (step * TrafficDay.STEP % SYNC == 0) {
        fleet.sync(floor);
      }
      tally.add(need(day.rate(clock.instant())), fleet.serving());
      clock.pass(Duration.ofSeconds(TrafficDay.STEP));
    }
    return tally.result();
  }

  private static int need(double rate) {
    return Math.clamp(
        (long) Math.ceil(rate / SCALE.requestsPerSecond()),
        SCALE.minReplicas(),
        SCALE.maxReplicas());
  }

  private SortedMap<Instant, Double> published(Instant from, Instant to) {
    SortedMap<Instant, Double> minutes = new TreeMap<>();
    Instant first = from.isBefore(begin) ? begin : from.truncatedTo(ChronoUnit.MINUTES);
    for (Instant minute = first; minute.isBefore(to); minute = minute.plusSeconds(60)) {
      boolean known = !minute.plusSeconds(60).plus(LATE).isAfter(clock.instant());
      if (known && !day.lost(minute)) {
        minutes.put(minute, day.minute(minute));
      }
    }
    return minutes;
  }

  /** The operator: its poller, its decision, its objects, and reconciliations when it is woken. */
  private final class Operator implements IntSupplier {
    private @Nullable HorizontalPodAutoscaler autoscaler;
    private final FakeWakeups wakeups = new FakeWakeups();
    private Traffic traffic = started();
    private Instant restart = clock.instant().plus(LIFE);

    private Traffic started() {
      return new Traffic(
          (region, names, from, to) -> Map.of(names.iterator().next(), published(from, to)),
          app -> Optional.ofNullable(autoscaler),
          Duration.ofSeconds(60),
          clock,
          wakeups);
    }

    @Override
    public int getAsInt() {
      if (!clock.instant().isBefore(restart)) {
        traffic = started();
        restart = restart.plus(LIFE);
        reconcile();
      }
      if (autoscaler == null) {
        reconcile();
      }
      traffic.turn();
      while (!wakeups.woken.isEmpty()) {
        wakeups.woken.clear();
        reconcile();
      }
      return autoscaler.getSpec().getMinReplicas();
    }

    private void reconcile() {
      int floor = traffic.floor(APP, seen());
      HorizontalPodAutoscaler desired = rendered(floor);
      if (!desired.equals(autoscaler)) {
        autoscaler = desired;
        tally.write();
      }
    }

    private static Map<ComponentName, Observation<?>> seen() {
      LoadBalancer balancer =
          new LoadBalancer("prod/shop", new TreeSet<>(Set.of(ARN)), new TreeSet<>(Set.of("tg")));
      return Map.of(LoadBalancerRules.NAME, new Observation.Present<>(balancer));
    }

    private static HorizontalPodAutoscaler rendered(int floor) {
      for (HasMetadata object : AppObjects.late(APP, WorkloadInputs.NONE.withFloor(floor))) {
        if (object instanceof HorizontalPodAutoscaler autoscaler) {
          return autoscaler;
        }
      }
      throw new AssertionError("no autoscaler");
    }
  }

  /** What an autoscaler does that gets the same metric, as late, from an adapter. */
  private final class TargetTracking implements IntSupplier {
    private final SortedMap<Instant, Integer> recommended = new TreeMap<>();
    private int current;

    @Override
    public int getAsInt() {
      Instant now = clock.instant();
      SortedMap<Instant, Double> known = published(now.minus(Duration.ofMinutes(5)), now);
      if (!known.isEmpty()) {
        recommended.put(now, need(known.get(known.lastKey())));
        recommended.headMap(now.minus(SCALE.scaleDownStabilization())).clear();
        int wanted = recommended.values().stream().mapToInt(it -> it).max().orElse(0);
        if (wanted != current) {
          tally.write();
        }
        current = wanted;
      }
      return Math.max(current, SCALE.minReplicas());
    }
  }

  /**
   * The Deployment's pods under the autoscaler's controller, which finds CPU idle: it goes up to
   * the floor at once, and down to it as its own policies for falling have it.
   */
  private final class Fleet {
    private final Deque<Instant> starting = new ArrayDeque<>();
    private int serving;
    private Instant lastFall = Instant.MIN;

    void begin(int replicas) {
      serving = replicas;
    }

    int serving() {
      while (!starting.isEmpty() && !starting.peek().isAfter(clock.instant())) {
        starting.remove();
        serving++;
      }
      return serving;
    }

    void sync(int floor) {
      int replicas = serving() + starting.size();
      Instant now = clock.instant();
      for (int i = replicas; i < floor; i++) {
        starting.add(now.plus(START));
      }
      if (floor < replicas && !lastFall.plusSeconds(60).isAfter(now)) {
        int gone = Math.min(replicas - floor, step(replicas));
        lastFall = now;
        for (int i = 0; i < gone; i++) {
          if (starting.pollLast() == null) {
            serving--;
          }
        }
      }
    }

    /** The larger of what the policies of the rendered autoscaler allow in a minute. */
    private static int step(int replicas) {
      int most = 0;
      for (HPAScalingPolicy policy :
          Operator.rendered(0).getSpec().getBehavior().getScaleDown().getPolicies()) {
        most =
            Math.max(
                most,
                policy.getType().equals("Percent")
                    ? (int) Math.ceil(replicas * policy.getValue() / 100.0)
                    : policy.getValue());
      }
      return most;
    }
  }

  /** Counts. */
  private final class Tally {
    private static final double MINUTES = TrafficDay.STEP / 60.0;

    private double needed;
    private double over;
    private double under;
    private double minute;
    private int steps;
    private int minutesUnder;
    private int writes;

    void add(int need, int have) {
      needed += need * MINUTES;
      over += Math.max(0, have - need) * MINUTES;
      under += Math.max(0, need - have) * MINUTES;
      minute += day.rate(clock.instant()) / SCALE.requestsPerSecond() - have;
      if (++steps % (60 / TrafficDay.STEP) == 0) {
        minutesUnder += minute > 0 ? 1 : 0;
        minute = 0;
      }
    }

    void write() {
      writes++;
    }

    Result result() {
      return new Result(needed, over, under, minutesUnder, writes);
    }
  }
}
