package io.highlyavailable.example.webapp;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * How to reach the database.
 *
 * @param url for JDBC, without credentials
 * @param username whom to log in as
 * @param password that user's
 */
record DatabaseBinding(String url, String username, String password) {
  private static final String BLOCK = "database";

  /**
   * What a HighlyAvailableApp's binding says. The URI is libpq's: host, port, name and whether to
   * encrypt are read from it, so that nothing of them is decided here a second time.
   *
   * @throws IllegalArgumentException when a variable is missing, or it is not PostgreSQL
   */
  static DatabaseBinding of(Variables variables) {
    String type = variables.bound("DATABASE_TYPE", BLOCK);
    if (!type.equals("postgresql")) {
      throw new IllegalArgumentException("this app needs PostgreSQL, not " + type);
    }
    URI uri = URI.create(variables.bound("DATABASE_URI", BLOCK));
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new DatabaseBinding(
        "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getRawPath() + query,
        variables.bound("DATABASE_USERNAME", BLOCK),
        variables.bound("DATABASE_PASSWORD", BLOCK));
  }

  /** One connection, without a limit to how long a statement takes: for migrations. */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.put("user", username);
    properties.put("password", password);
    properties.put("connectTimeout", "10");
    properties.put("tcpKeepAlive", "true");
    properties.put("ApplicationName", "web-app-migration");
    return DriverManager.getConnection(url, properties);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url + " as " + username;
  }
}
