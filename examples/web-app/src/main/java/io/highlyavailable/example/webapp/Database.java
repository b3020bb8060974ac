package io.highlyavailable.example.webapp;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Connections to the database, shared by all requests. */
final class Database implements AutoCloseable {
  /** Replicas times this must stay below what the instance class admits. */
  private static final int CONNECTIONS = 10;

  /** A request rather fails than waits longer for a connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /**
   * How long one is used. Short, so that after a failover soon no connection is left to a server
   * that only takes reads.
   */
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final HikariDataSource pool;

  /** Connects when the first request asks: an app that waits for its database is not broken. */
  Database(DatabaseBinding binding) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(binding.url());
    config.setUsername(binding.username());
    config.setPassword(binding.password());
    config.setPoolName("database");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setMaxLifetime(LIFETIME.toMillis());
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("socketTimeout", "10");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "web-app");
    this.pool = new HikariDataSource(config);
  }

  /**
   * A connection, to be closed after use.
   *
   * @throws SQLException when there is none to be had in 3 seconds
   */
  Connection connection() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void close() {
    pool.close();
  }
}
