package io.highlyavailable.operator.credentials;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a database and counts its tables; changes nothing. */
public final class DatabaseCheck {
  private static final Logger log = LoggerFactory.getLogger(DatabaseCheck.class);

  /** All that are not the engine's own, in the words of either dialect. */
  private static final String TABLES =
      "SELECT table_schema, table_name FROM information_schema.tables"
          + " WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'mysql',"
          + " 'performance_schema', 'sys')";

  private DatabaseCheck() {}

  /**
   * Does what the environment says, once.
   *
   * @param environment {@link io.highlyavailable.operator.model.UserJobVariables}, of which no user
   *     is needed
   * @param lastWords told in one line what was found, or why it failed, without secrets
   * @return the exit code: 0 for done, 1 for try again, 2 for an environment that cannot work
   */
  public static int run(Map<String, String> environment, Consumer<String> lastWords) {
    DatabaseTarget target;
    try {
      target = DatabaseTarget.from(environment);
    } catch (IllegalArgumentException e) {
      return failed(2, String.valueOf(e.getMessage()), lastWords);
    }
    try (Connection connection = target.connect()) {
      connection.setReadOnly(true);
      String found = "it opens and has " + tables(connection) + " tables";
      log.info("{}: {}", target.database(), found);
      lastWords.accept(found);
      return 0;
    } catch (SQLException e) {
      return failed(1, target.redacted(DatabaseTarget.message(e)), lastWords);
    }
  }

  private static int tables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }

  private static int failed(int code, String message, Consumer<String> lastWords) {
    log.error("{}", message);
    lastWords.accept(message);
    return code;
  }
}
