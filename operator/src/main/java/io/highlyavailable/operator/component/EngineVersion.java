package io.highlyavailable.operator.component;

import java.util.List;
import java.util.stream.Stream;

/** Compares engine versions such as {@code 17}, {@code 17.2} and {@code 10.11.6}. */
public final class EngineVersion {
  private EngineVersion() {}

  /**
   * Whether an instance has to be upgraded. It has not when RDS's own minor upgrades went beyond
   * what is wanted: a version never goes back.
   */
  public static boolean olderThan(String actual, String wanted) {
    List<String> have = parts(actual);
    List<String> want = parts(wanted);
    for (int i = 0; i < want.size(); i++) {
      int order = i < have.size() ? compare(have.get(i), want.get(i)) : -1;
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  /**
   * Whether an upgrade is a major one, which RDS cannot take back: another first number for
   * PostgreSQL, another first or second for MySQL and MariaDB.
   */
  public static boolean majorDiffers(String engine, String actual, String wanted) {
    return !family(engine, actual).equals(family(engine, wanted));
  }

  /**
   * The family of DB parameter groups that a version takes, such as {@code postgres17}, {@code
   * mysql8.4} and {@code mariadb11.4}: the engine and its major version.
   */
  public static String family(String engine, String version) {
    int numbers = engine.equals("postgres") ? 1 : 2;
    return engine + String.join(".", parts(version).stream().limit(numbers).toList());
  }

  private static List<String> parts(String version) {
    return Stream.of(version.split("[.-]")).toList();
  }

  private static int compare(String left, String right) {
    boolean numbers = left.matches("\\d{1,9}") && right.matches("\\d{1,9}");
    return numbers
        ? Integer.compare(Integer.parseInt(left), Integer.parseInt(right))
        : left.compareTo(right);
  }
}
