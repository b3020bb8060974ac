package io.highlyavailable.operator.credentials;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * A user of a PostgreSQL database. What an app makes belongs to a role that all of its users are
 * members of and act as from login on, so that one can alter what another made.
 */
final class PostgresUser {
  /** Owns the database and all that the app makes in it; nobody logs in as it. */
  static final String OWNER = "app_owner";

  /** One at a time; any number, but always the same. */
  private static final long LOCK = 4_919_287_345_112L;

  private final Connection connection;
  private final UserRequest request;

  private PostgresUser(Connection connection, UserRequest request) {
    this.connection = connection;
    this.request = request;
  }

  static void apply(Connection connection, UserRequest request) throws SQLException {
    connection.setAutoCommit(false);
    PostgresUser user = new PostgresUser(connection, request);
    // An app's long transaction must not make the rest of the app queue up behind us.
    user.execute("SET LOCAL lock_timeout = '5s'");
    user.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
    user.owner();
    user.user();
    user.ownership();
    connection.commit();
  }

  private void owner() throws SQLException {
    create(OWNER, "NOLOGIN");
    // Since PostgreSQL 16 who makes a role may grant it, but is no member of it.
    execute("GRANT " + OWNER + " TO CURRENT_USER");
  }

  private void user() throws SQLException {
    String name = request.username();
    create(name, "LOGIN");
    execute("ALTER ROLE " + name + " LOGIN");
    // Hashed by the driver, so that no log of statements has it.
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(name, request.password().value().toCharArray(), null);
    execute("GRANT " + OWNER + " TO " + name);
    execute("ALTER ROLE " + name + " SET role = '" + OWNER + "'");
  }

  /** Of the database, of its schema, and of what was made before there were users of the app's. */
  private void ownership() throws SQLException {
    execute("GRANT ALL ON SCHEMA public TO " + OWNER);
    execute("REASSIGN OWNED BY CURRENT_USER TO " + OWNER);
    execute("ALTER DATABASE \"" + request.database() + "\" OWNER TO " + OWNER);
    for (String kind : new String[] {"TABLES", "SEQUENCES", "FUNCTIONS", "TYPES", "SCHEMAS"}) {
      execute("ALTER DEFAULT PRIVILEGES GRANT ALL ON " + kind + " TO " + OWNER);
    }
  }

  private void create(String role, String login) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM pg_roles WHERE rolname = ?")) {
      query.setString(1, role);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          execute("CREATE ROLE " + role + " " + login);
        }
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
