package io.highlyavailable.operator.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highlyavailable.testbed.aws.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * One app, and then many: {@code -Dscale.apps=100}, by default so many that the test is short;
 * {@code -Dscale.production=true} with the intervals that the operator has by default, which takes
 * an hour with a hundred apps.
 */
class ScaleIT {
  private static final int APPS = Integer.getInteger("scale.apps", 20);
  private static final Intervals INTERVALS = Intervals.configured();
  private static final int RESYNCS = 10;

  /** Listings return at most this many rows a page. */
  private static final int PAGE = 100;

  /** Intervals are jittered by a tenth, and windows begin and end in the middle of one. */
  private static final double TOLERANCE = 1.25;

  /** A busy machine's delays between what is due and what is done. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  /**
   * What a number of apps costs when nothing happens, and how soon drift is repaired.
   *
   * @param apps how many
   * @param settled from the first create request until all were ready
   * @param readsAMinute AWS calls a minute
   * @param listed until a setting was put back that listings show
   * @param audited until a setting was put back that listings do not show
   */
  private record Cost(
      int apps, Duration settled, double readsAMinute, Duration listed, Duration audited) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "SCALE %d apps: ready after %.1f s; quiet: 0 Kubernetes writes, 0 AWS writes, %.1f AWS"
              + " reads a minute; drift repaired after %.1f s (listed) and %.1f s (audited)",
          apps,
          seconds(settled),
          readsAMinute,
          seconds(listed),
          seconds(audited));
    }

    private static double seconds(Duration duration) {
      return duration.toMillis() / 1000.0;
    }
  }

  @Test
  void staysQuietAndRepairsDriftWithManyAppsAsWithOne() throws IOException {
    try (Crowd crowd = new Crowd(INTERVALS)) {
      Cost one = measure(crowd, 1);
      Cost many = measure(crowd, APPS);

      System.out.printf("%s%n%s%n%s%n", INTERVALS, one, many);
      assertThat(many.readsAMinute())
          .as("AWS reads a minute with %d apps, beyond further pages", APPS)
          .isLessThan(one.readsAMinute() * TOLERANCE + furtherPages() * pollsAMinute());
    }
  }

  private static double pollsAMinute() {
    return 60_000.0 / INTERVALS.slow().toMillis();
  }

  /** Of one round of listings, compared with one app. */
  private static int furtherPages() {
    int alarms = pages(14 * APPS) * 2;
    int loadBalancers = pages(2 * APPS);
    int databases = pages(APPS);
    int subnetGroups = pages(APPS);
    int parameterGroups = pages(APPS);
    return alarms + loadBalancers + databases + subnetGroups + parameterGroups - 6;
  }

  private static int pages(int rows) {
    return (rows + PAGE - 1) / PAGE;
  }

  private static Cost measure(Crowd crowd, int count) {
    Duration settled = crowd.growTo(count, Duration.ofMinutes(10));
    double reads = quiet(crowd);
    return new Cost(count, settled, reads, listedDrift(crowd), auditedDrift(crowd));
  }

  /** Ten rounds of listings in which nothing may be written. */
  private static double quiet(Crowd crowd) {
    Duration length = INTERVALS.slow().multipliedBy(RESYNCS);
    Crowd.Window window = crowd.open();
    long begun = System.nanoTime();
    await()
        .during(length)
        .atMost(length.plus(SLACK))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () -> {
              assertThat(window.writes()).as("Kubernetes writes while nothing happens").isEmpty();
              assertThat(window.mutations()).as("AWS writes while nothing happens").isEmpty();
            });
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    List<Call> reads = window.reads();
    Map<String, Long> byOperation =
        reads.stream()
            .collect(
                Collectors.groupingBy(
                    call -> call.service() + ":" + call.operation(),
                    TreeMap::new,
                    Collectors.counting()));
    System.out.printf("SCALE reads of %d apps in %s: %s%n", crowd.size(), took, byOperation);
    return reads.size() * 60_000.0 / took.toMillis();
  }

  /** RDS lists all settings: put back within one poll. */
  private static Duration listedDrift(Crowd crowd) {
    String database = crowd.resource(crowd.size(), "database");
    try (RdsClient rds = crowd.aws().configure(RdsClient.builder()).build()) {
      int wanted = retention(rds, database);
      rds.modifyDBInstance(
          r ->
              r.dbInstanceIdentifier(database)
                  .backupRetentionPeriod(wanted + 1)
                  .applyImmediately(true));
      return timed(
          INTERVALS.slow().multipliedBy(2).plus(SLACK), () -> retention(rds, database) == wanted);
    }
  }

  private static int retention(RdsClient rds, String database) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(database))
        .dbInstances()
        .getFirst()
        .backupRetentionPeriod();
  }

  /** S3 lists names only: put back within one rotation of the audit. */
  private static Duration auditedDrift(Crowd crowd) {
    String bucket = crowd.resource(crowd.size(), "storage");
    try (S3Client s3 = crowd.aws().configure(S3Client.builder().forcePathStyle(true)).build()) {
      s3.putBucketVersioning(
          r ->
              r.bucket(bucket)
                  .versioningConfiguration(v -> v.status(BucketVersioningStatus.SUSPENDED)));
      Duration rotation = INTERVALS.audit().multipliedBy(crowd.size());
      return timed(
          rotation.multipliedBy(5).dividedBy(4).plus(INTERVALS.slow()).plus(SLACK),
          () ->
              s3.getBucketVersioning(r -> r.bucket(bucket)).status()
                  == BucketVersioningStatus.ENABLED);
    }
  }

  private static Duration timed(Duration limit, BooleanSupplier repaired) {
    long begun = System.nanoTime();
    await()
        .atMost(limit)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(250))
        .until(repaired::getAsBoolean);
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
