package io.highlyavailable.operator.component.alarms;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The alarms of a table, which need nothing but its name. A table on demand is throttled when
 * traffic more than doubles within half an hour or has one hot key: single events pass by the SDK's
 * retries, five minutes of them do not. Errors of the app's own requests are not counted.
 */
final class TableAlarms {
  /** DynamoDB counts its errors by operation; an alarm takes ten metrics at most. */
  private static final List<String> OPERATIONS =
      List.of(
          "BatchGetItem",
          "BatchWriteItem",
          "DeleteItem",
          "GetItem",
          "PutItem",
          "Query",
          "Scan",
          "UpdateItem");

  private TableAlarms() {}

  static Stream<Alarm> of(String resource) {
    SortedMap<String, String> table = new TreeMap<>(Map.of("TableName", resource));
    AlarmTable errors = AlarmTable.row("table-system-errors");
    return Stream.concat(
        Stream.of("table-read-throttles", "table-write-throttles")
            .map(AlarmTable::row)
            .map(row -> row.alarm(resource, row.single(table))),
        Stream.of(errors.alarm(resource, overOperations(errors, table))));
  }

  private static Metric overOperations(AlarmTable row, SortedMap<String, String> table) {
    Map<String, Metric.Single> inputs = new TreeMap<>();
    for (String operation : OPERATIONS) {
      SortedMap<String, String> dimensions = new TreeMap<>(table);
      dimensions.put("Operation", operation);
      // An id of metric math begins with a lower-case letter.
      inputs.put(
          operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1),
          row.single(dimensions));
    }
    String sum =
        inputs.keySet().stream()
            .map(id -> "FILL(" + id + ", 0)")
            .collect(Collectors.joining(" + "));
    return Metric.Math.of(sum, inputs);
  }
}
