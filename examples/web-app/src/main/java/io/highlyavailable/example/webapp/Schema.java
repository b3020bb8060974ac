package io.highlyavailable.example.webapp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The database's tables. Steps are only ever added, and add only: while one runs, the version of
 * the app before it goes on serving.
 */
final class Schema {
  private static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE note (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            author text NOT NULL,
            body text NOT NULL,
            written_at timestamptz NOT NULL DEFAULT now())
          """,
          """
          CREATE TABLE document (
            id uuid PRIMARY KEY,
            name text NOT NULL,
            size bigint NOT NULL,
            uploaded_at timestamptz NOT NULL DEFAULT now())
          """);

  /** Two migrations that begin at once do so one after the other; any number, but always this. */
  private static final long LOCK = 7_345_110_920_651L;

  private Schema() {}

  /**
   * Takes the steps that were not taken yet, all or none. May be run any number of times, and cut
   * off at any point.
   *
   * @return how many steps were taken
   */
  static int migrate(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    lock(connection);
    execute(
        connection,
        "CREATE TABLE IF NOT EXISTS schema_step (number int PRIMARY KEY,"
            + " taken_at timestamptz NOT NULL DEFAULT now())");
    int taken = taken(connection);
    for (int step = taken; step < STEPS.size(); step++) {
      execute(connection, STEPS.get(step));
      record(connection, step + 1);
    }
    connection.commit();
    return Math.max(0, STEPS.size() - taken);
  }

  /**
   * Whether the tables are there that this version needs. More steps than it knows do not hurt: a
   * later version has taken them.
   *
   * @throws SQLException also when nothing was migrated yet
   */
  static boolean isCurrent(Connection connection) throws SQLException {
    return taken(connection) >= STEPS.size();
  }

  private static int taken(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT coalesce(max(number), 0) FROM schema_step");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
  }

  private static void record(Connection connection, int step) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO schema_step (number) VALUES (?)")) {
      insert.setInt(1, step);
      insert.executeUpdate();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }
}
