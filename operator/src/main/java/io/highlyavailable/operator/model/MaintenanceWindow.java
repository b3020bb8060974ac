package io.highlyavailable.operator.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * A window that comes once a week, in UTC.
 *
 * @param text in AWS's notation, {@code ddd:hh:mm-ddd:hh:mm}
 * @param begin minute of the week, from Monday 00:00
 * @param length how long it is open; less than a week
 */
public record MaintenanceWindow(String text, long begin, Duration length) {
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final long WEEK = Duration.ofDays(7).toMinutes();
  private static final int LENGTH = "sun:03:00-sun:04:00".length();
  private static final int DAY = "sun:".length();
  private static final Duration SLOT = Duration.ofMinutes(30);
  private static final int SLOTS = 16;
  private static final int SECOND = "sun:03:00-".length();

  /**
   * Reads AWS's notation.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static MaintenanceWindow parse(String text) {
    if (text.length() != LENGTH || text.charAt(SECOND - 1) != '-') {
      throw new IllegalArgumentException(
          "write ddd:hh:mm-ddd:hh:mm in UTC, such as sun:03:00-sun:04:00");
    }
    long begin = minute(text.substring(0, SECOND - 1));
    long end = minute(text.substring(SECOND));
    return new MaintenanceWindow(text, begin, Duration.ofMinutes(Math.floorMod(end - begin, WEEK)));
  }

  private static long minute(String text) {
    int day = DAYS.indexOf(text.substring(0, 3));
    if (day < 0 || text.charAt(3) != ':') {
      throw new IllegalArgumentException("days are mon, tue, wed, thu, fri, sat and sun");
    }
    try {
      return Duration.ofDays(day)
          .plusSeconds(LocalTime.parse(text.substring(4)).toSecondOfDay())
          .toMinutes();
    } catch (java.time.format.DateTimeParseException e) {
      throw new IllegalArgumentException("times are hh:mm, such as 03:00", e);
    }
  }

  /** It, or one that begins with it and is that long, for services that ask for more. */
  public MaintenanceWindow atLeast(Duration least) {
    return length.compareTo(least) >= 0
        ? this
        : new MaintenanceWindow(
            text.substring(0, SECOND) + day(begin + least.toMinutes()), begin, least);
  }

  private static String day(long minute) {
    long inWeek = Math.floorMod(minute, WEEK);
    long inDay = inWeek % Duration.ofDays(1).toMinutes();
    return DAYS.get((int) (inWeek / Duration.ofDays(1).toMinutes()))
        + ":"
        + LocalTime.ofSecondOfDay(Duration.ofMinutes(inDay).toSeconds());
  }

  /** Whether it is open at that time. */
  public boolean open(Instant at) {
    ZonedDateTime utc = at.atZone(ZoneOffset.UTC);
    ZonedDateTime monday =
        utc.with(DayOfWeek.MONDAY).truncatedTo(java.time.temporal.ChronoUnit.DAYS);
    long now = Duration.between(monday, utc).toMinutes();
    return Math.floorMod(now - begin, WEEK) < length.toMinutes();
  }

  /**
   * A half hour of every day that it does not overlap unless it is open for longer than 15 hours:
   * one of the sixteen that are over half an hour before it begins, so that the backups of many
   * apps do not all run at once.
   *
   * @param key what is given the same half hour again
   * @return UTC {@code hh:mm-hh:mm}
   */
  public String halfHourBefore(String key) {
    int slot = Math.floorMod(key.hashCode(), SLOTS) + 2;
    long from = begin - slot * SLOT.toMinutes();
    return day(from).substring(DAY) + "-" + day(from + SLOT.toMinutes()).substring(DAY);
  }

  /**
   * Whether it overlaps a window that is open every day, which RDS refuses.
   *
   * @param daily UTC {@code hh:mm-hh:mm}
   */
  public boolean overlaps(String daily) {
    long from = LocalTime.parse(daily.substring(0, 5)).toSecondOfDay() / 60;
    long to = LocalTime.parse(daily.substring(6)).toSecondOfDay() / 60;
    long day = Duration.ofDays(1).toMinutes();
    long open = Math.floorMod(to - from, day);
    return Math.floorMod(from - begin, day) < length.toMinutes()
        || Math.floorMod(begin - from, day) < open;
  }
}
