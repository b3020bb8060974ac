package io.highlyavailable.operator.component.alarms;

import io.highlyavailable.operator.model.DatabaseSettings;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The alarms of a database and its read replicas, which need nothing but names and settings. */
final class DatabaseAlarms {
  private static final String LAG = "database-replica-lag";
  private static final double FREE_STORAGE = 0.1;
  private static final double FREE_MEMORY = 0.05;
  private static final double CONNECTIONS = 0.9;
  private static final double GIB = 1024.0 * 1024 * 1024;

  private DatabaseAlarms() {}

  static Stream<Alarm> of(String resource, String id, DatabaseSettings database) {
    return Stream.concat(
        instance(resource, "", id, database),
        IntStream.rangeClosed(1, database.readReplicas())
            .mapToObj(number -> "-r" + number)
            .flatMap(member -> replica(resource, member, database)));
  }

  private static Stream<Alarm> replica(String resource, String member, DatabaseSettings database) {
    AlarmTable lag = AlarmTable.row(LAG);
    Alarm alarm =
        lag.named(
            lag.name(resource) + member, lag.single(named(resource + member)), lag.threshold());
    return Stream.concat(Stream.of(alarm), instance(resource, member, resource + member, database));
  }

  private static Stream<Alarm> instance(
      String resource, String member, String id, DatabaseSettings database) {
    return Stream.of("database-cpu", "database-memory", "database-storage", "database-connections")
        .map(AlarmTable::row)
        .flatMap(
            row ->
                threshold(row, database).stream()
                    .map(
                        limit ->
                            row.named(row.name(resource) + member, row.single(named(id)), limit)));
  }

  private static SortedMap<String, String> named(String id) {
    return new TreeMap<>(Map.of("DBInstanceIdentifier", id));
  }

  /** Empty for an instance class whose memory is not known, which then has no such alarm. */
  private static Optional<Double> threshold(AlarmTable row, DatabaseSettings database) {
    return switch (row.limit()) {
      case "storage" -> Optional.of(Math.rint(database.storageGiB() * FREE_STORAGE * GIB));
      case "memory" ->
          ConnectionLimit.memoryGiB(database.instanceClass())
              .map(gib -> Math.rint(gib * FREE_MEMORY * GIB));
      case "connections" ->
          ConnectionLimit.of(database.engine(), database.instanceClass())
              .map(limit -> Math.floor(limit * CONNECTIONS));
      default -> Optional.of(row.threshold());
    };
  }
}
