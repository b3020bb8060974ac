package io.highlyavailable.operator.component.alarms;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many connections an instance takes, by RDS's default parameter groups: {@code
 * LEAST(DBInstanceClassMemory/9531392, 5000)} for PostgreSQL, {@code
 * DBInstanceClassMemory/12582880} for MySQL and MariaDB. RDS takes memory for itself before it
 * counts, about an eighth.
 */
final class ConnectionLimit {
  private static final Pattern CLASS = Pattern.compile("db\\.([a-z]+)\\d[a-z0-9]*\\.(\\w+)");

  /** GiB of the size {@code large}; each family doubles from size to size. */
  private static final Map<String, Integer> LARGE_GIB =
      Map.of("t", 8, "m", 8, "r", 16, "c", 4, "x", 32);

  /** Sizes below {@code xlarge} as shares of {@code large}. */
  private static final Map<String, Double> SMALL_SIZES =
      Map.of("micro", 0.125, "small", 0.25, "medium", 0.5, "large", 1.0, "xlarge", 2.0);

  private static final double USABLE_BYTES_A_GIB = 1024.0 * 1024 * 1024 * 7 / 8;
  private static final double POSTGRES_BYTES = 9_531_392;
  private static final double MYSQL_BYTES = 12_582_880;
  private static final double POSTGRES_MOST = 5000;

  private ConnectionLimit() {}

  /** The limit; empty for a class whose memory is not known, which then has no such alarm. */
  static Optional<Double> of(String engine, String instanceClass) {
    return memoryGiB(instanceClass).map(gib -> limit(engine, gib * USABLE_BYTES_A_GIB));
  }

  private static double limit(String engine, double bytes) {
    return "postgres".equals(engine)
        ? Math.min(bytes / POSTGRES_BYTES, POSTGRES_MOST)
        : bytes / MYSQL_BYTES;
  }

  /** The memory of a class; empty where that is not known. */
  static Optional<Double> memoryGiB(String instanceClass) {
    Matcher parts = CLASS.matcher(instanceClass);
    if (!parts.matches() || !LARGE_GIB.containsKey(parts.group(1))) {
      return Optional.empty();
    }
    return share(parts.group(2)).map(share -> LARGE_GIB.get(parts.group(1)) * share);
  }

  private static Optional<Double> share(String size) {
    Matcher multiple = Pattern.compile("(\\d{1,3})xlarge").matcher(size);
    return multiple.matches()
        ? Optional.of(2.0 * Integer.parseInt(multiple.group(1)))
        : Optional.ofNullable(SMALL_SIZES.get(size));
  }
}
