package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.snapshots.Snapshot;
import io.highlyavailable.operator.component.snapshots.Snapshots;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.DatabaseSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a database may begin with, and whether somebody has to decide. */
final class DatabaseBeginnings {
  /** Enough to choose from; the others are in RDS's own list. */
  private static final int SHOWN = 3;

  private DatabaseBeginnings() {}

  /**
   * Data of an earlier database is not passed over in silence: while there are snapshots of one,
   * somebody says whether the new one begins with them.
   */
  static Optional<Desired<DatabaseDesired>> undecided(App app, Upstream upstream) {
    if (app.databaseSettings().map(DatabaseSettings::restoreFrom).isPresent()) {
      return Optional.empty();
    }
    Optional<Snapshots> known = upstream.ready(Snapshots.class);
    if (known.isEmpty()) {
      return Optional.of(
          new Desired.Waiting<>("waiting to learn whether there are snapshots of an earlier one"));
    }
    if (known.get().list().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Desired.Impossible<>(
            "there are snapshots of an earlier database of this app, the newest "
                + known.get().id(),
            choices(upstream)));
  }

  /** The field to set for each choice. */
  static String choices(Upstream upstream) {
    Stream<String> restored =
        snapshots(upstream).stream()
            .limit(SHOWN)
            .map(snapshot -> "{snapshotId: %s} (%s)".formatted(snapshot.id(), snapshot.taken()));
    return Stream.concat(restored, Stream.of("{empty: true} to start empty"))
        .collect(Collectors.joining(", or ", "Set spec.database.rds.restoreFrom to ", ""));
  }

  private static List<Snapshot> snapshots(Upstream upstream) {
    return upstream.ready(Snapshots.class).map(Snapshots::list).orElse(List.of());
  }
}
