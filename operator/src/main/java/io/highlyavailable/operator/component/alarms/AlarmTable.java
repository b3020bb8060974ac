package io.highlyavailable.operator.component.alarms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A row of {@code alarms.txt}, which has every alarm there is and says what its columns mean.
 *
 * @param key the end of the alarm's name, or how it begins where there is one alarm of each of
 *     several things
 * @param namespace the metric's namespace
 * @param metric the metric's name; of an expression, the metric it divides
 * @param statistic how a period's samples become one data point
 * @param seconds the length of a period
 * @param comparison CloudWatch's word
 * @param limit the value not to cross, or what it follows
 * @param points of how many data points
 * @param needed how many must cross
 * @param missing CloudWatch's word for what a missing data point counts as
 * @param usersAffected whether it means that users suffer
 * @param description what it means, for the person it wakes
 */
record AlarmTable(
    String key,
    String namespace,
    String metric,
    String statistic,
    int seconds,
    String comparison,
    String limit,
    int points,
    int needed,
    String missing,
    boolean usersAffected,
    String description) {
  private static final String FILE = "alarms.txt";
  private static final int COLUMNS = 12;

  private static final Map<String, String> COMPARISONS =
      Map.of("above", "GreaterThanThreshold", "below", "LessThanThreshold");

  private static final Map<String, String> TREATMENTS =
      Map.of("good", "notBreaching", "bad", "breaching", "unknown", "missing");

  private static final Map<String, AlarmTable> ROWS = read();

  private static Map<String, AlarmTable> read() {
    try (InputStream file = AlarmTable.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not in the build");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(AlarmTable::parse)
          .collect(
              Collectors.toMap(
                  AlarmTable::key,
                  Function.identity(),
                  (a, b) -> {
                    throw new IllegalStateException(FILE + " has " + a.key() + " twice");
                  },
                  LinkedHashMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AlarmTable parse(String line) {
    List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    if (cells.size() != COLUMNS || cells.contains("")) {
      throw new IllegalStateException(FILE + ": not " + COLUMNS + " cells: " + line);
    }
    String[] points = cells.get(7).split("/");
    return new AlarmTable(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        Integer.parseInt(cells.get(4)),
        word(COMPARISONS, cells.get(5)),
        cells.get(6),
        Integer.parseInt(points[1]),
        Integer.parseInt(points[0]),
        word(TREATMENTS, cells.get(8)),
        word(Map.of("yes", true, "no", false), cells.get(9)),
        cells.get(10));
  }

  private static <T> T word(Map<String, T> words, String word) {
    T meaning = words.get(word);
    if (meaning == null) {
      throw new IllegalStateException(FILE + ": " + word + " is none of " + words.keySet());
    }
    return meaning;
  }

  /** Every row, in the order of the file. */
  static List<AlarmTable> rows() {
    return List.copyOf(ROWS.values());
  }

  /** The row of that name. */
  static AlarmTable row(String key) {
    AlarmTable row = ROWS.get(key);
    if (row == null) {
      throw new IllegalArgumentException(FILE + " has no " + key);
    }
    return row;
  }

  /** Whether an alarm whose name ends so means that users suffer while it is on. */
  static boolean affectsUsers(String ending) {
    return ROWS.values().stream()
        .filter(AlarmTable::usersAffected)
        .anyMatch(row -> ending.equals(row.key()) || ending.startsWith(row.key() + "-"));
  }

  /** Where it does not follow the size of what is watched. */
  double threshold() {
    return Double.parseDouble(limit);
  }

  /** Its metric of one resource. */
  Metric.Single single(SortedMap<String, String> dimensions) {
    return single(metric, dimensions);
  }

  /** Another metric beside it. */
  Metric.Single single(String other, SortedMap<String, String> dimensions) {
    return new Metric.Single(namespace, other, dimensions, statistic, seconds);
  }

  /** The alarm of the only resource that has it. */
  Alarm alarm(String resource, Metric what) {
    return named(name(resource), what, threshold());
  }

  /** The alarm of one of several resources. */
  Alarm named(String name, Metric what, double threshold) {
    return new Alarm(name, description, what, threshold, comparison, points, needed, missing);
  }

  String name(String resource) {
    return resource + "-" + key;
  }
}
