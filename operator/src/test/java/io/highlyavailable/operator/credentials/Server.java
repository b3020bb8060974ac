package io.highlyavailable.operator.credentials;

import io.highlyavailable.operator.model.UserJobVariables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** A real database server on this machine, with a master user as RDS makes it. */
interface Server {
  String MASTER = "haadmin";
  String MASTER_PASSWORD = "MasterPassword0123456789";
  String DATABASE = "app_shop";

  /** As in {@code spec.database.rds.engine}. */
  String engine();

  int port();

  /** Where a user connects to the app's database, encrypted. */
  String url();

  /** What every statement of a pod's needs not to fail on an engine's dialect. */
  default Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(url(), user, password);
  }

  /** Runs a statement as a user. */
  default void execute(String user, String password, String sql) throws SQLException {
    try (Connection connection = connect(user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The only value that a query finds, as text. */
  default String query(String user, String password, String sql) throws SQLException {
    try (Connection connection = connect(user, password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** The environment of the Job that makes a user. */
  default Map<String, String> environment(String user, String password) {
    Map<String, String> environment = new TreeMap<>();
    environment.put(UserJobVariables.ENGINE, engine());
    environment.put(UserJobVariables.HOST, "127.0.0.1");
    environment.put(UserJobVariables.PORT, String.valueOf(port()));
    environment.put(UserJobVariables.DATABASE, DATABASE);
    environment.put(UserJobVariables.MASTER_USERNAME, MASTER);
    environment.put(UserJobVariables.MASTER_PASSWORD, MASTER_PASSWORD);
    environment.put(UserJobVariables.USERNAME, user);
    environment.put(UserJobVariables.PASSWORD, password);
    return environment;
  }

  /** Ends it. */
  void stop();
}
