package io.highlyavailable.operator.credentials;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A user of a MySQL or MariaDB database, where all that have the same rights are equal. */
final class MySqlUser {
  /** All that concern one database and that RDS's master may grant, by name. */
  private static final String RIGHTS =
      "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER,"
          + " CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW,"
          + " CREATE ROUTINE, ALTER ROUTINE, EVENT, TRIGGER";

  private MySqlUser() {}

  static void apply(Connection connection, UserRequest request) throws SQLException {
    String user = "'" + request.username() + "'@'%'";
    identify(connection, "CREATE USER IF NOT EXISTS " + user + " IDENTIFIED BY ?", request);
    identify(connection, "ALTER USER " + user + " IDENTIFIED BY ?", request);
    try (Statement statement = connection.createStatement()) {
      statement.execute("GRANT " + RIGHTS + " ON `" + request.database() + "`.* TO " + user);
    }
  }

  private static void identify(Connection connection, String sql, UserRequest request)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, request.password().value());
      statement.execute();
    }
  }
}
