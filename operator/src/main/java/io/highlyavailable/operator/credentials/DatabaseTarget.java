package io.highlyavailable.operator.credentials;

import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.operator.model.UserJobVariables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * A database and its master, as the Job's environment says. Never arguments: those every user of a
 * node may read.
 *
 * @param engine {@code postgres}, {@code mysql} or {@code mariadb}
 * @param host of the database
 * @param port of the database
 * @param database its name
 * @param username the master
 * @param password the master's
 */
record DatabaseTarget(
    String engine, String host, int port, String database, String username, Sensitive password) {
  /** Holds no quote of either dialect. */
  private static final String DATABASE = "[A-Za-z_][A-Za-z0-9_$-]{0,63}";

  /**
   * Reads and checks it.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  static DatabaseTarget from(Map<String, String> environment) {
    return new DatabaseTarget(
        text(environment, UserJobVariables.ENGINE, "postgres|mysql|mariadb"),
        text(environment, UserJobVariables.HOST, "[A-Za-z0-9.-]+"),
        Integer.parseInt(text(environment, UserJobVariables.PORT, "[0-9]{1,5}")),
        text(environment, UserJobVariables.DATABASE, DATABASE),
        text(environment, UserJobVariables.MASTER_USERNAME, ".+"),
        new Sensitive(text(environment, UserJobVariables.MASTER_PASSWORD, ".+")));
  }

  static String text(Map<String, String> environment, String variable, String pattern) {
    String value = environment.getOrDefault(variable, "");
    if (!value.matches(pattern)) {
      throw new IllegalArgumentException(variable + " is missing or not valid");
    }
    return value;
  }

  /** Connects to a database that is there. */
  Connection connect() throws SQLException {
    return connect(false);
  }

  /**
   * Connects to the database, which is made first if it is not there: an instance that somebody
   * else made may have none yet. A PostgreSQL server always has one.
   */
  Connection connectOrMake() throws SQLException {
    return connect(true);
  }

  /** Encrypted; the server is not asked for a certificate of an authority that images know. */
  private Connection connect(boolean make) throws SQLException {
    String address = host + ":" + port + "/" + database;
    Properties properties = new Properties();
    properties.put("user", username);
    properties.put("password", password.value());
    if (engine.equals("postgres")) {
      properties.put("sslmode", "require");
      properties.put("ApplicationName", "highlyavailableapp");
      properties.put("connectTimeout", "10");
      properties.put("socketTimeout", "60");
      return DriverManager.getConnection("jdbc:postgresql://" + address, properties);
    }
    properties.put("sslMode", "trust");
    properties.put("createDatabaseIfNotExist", String.valueOf(make));
    properties.put("connectTimeout", "10000");
    properties.put("socketTimeout", "60000");
    return DriverManager.getConnection("jdbc:mariadb://" + address, properties);
  }

  /** Without what must not be shown, whatever a driver puts into its messages. */
  String redacted(String message) {
    return message.replace(password.value(), "***").replaceAll("\\s+", " ").strip();
  }

  /** What a driver said, with its code. */
  static String message(SQLException e) {
    return "%s (SQLSTATE %s)".formatted(e.getMessage(), e.getSQLState());
  }
}
