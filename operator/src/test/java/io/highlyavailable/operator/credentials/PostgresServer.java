package io.highlyavailable.operator.credentials;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server whose master is no superuser, as in RDS, and that speaks TLS. */
final class PostgresServer implements Server {
  private final EmbeddedPostgres postgres;

  PostgresServer(Path directory) {
    try {
      TlsFiles tls = TlsFiles.in(directory);
      this.postgres =
          EmbeddedPostgres.builder()
              .setServerConfig("hba_file", access(directory).toString())
              .setServerConfig("ssl", "on")
              .setServerConfig("ssl_cert_file", tls.certificate().toString())
              .setServerConfig("ssl_key_file", tls.key().toString())
              .start();
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE ROLE %s LOGIN CREATEROLE CREATEDB PASSWORD '%s'"
                .formatted(MASTER, MASTER_PASSWORD));
        statement.execute("CREATE DATABASE %s OWNER %s".formatted(DATABASE, MASTER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As in RDS: passwords, and with this instance's parameters nothing but TLS. */
  private static Path access(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("pg_hba.conf"),
        """
        host all postgres 127.0.0.1/32 trust
        hostssl all all 127.0.0.1/32 scram-sha-256
        """);
  }

  @Override
  public String engine() {
    return "postgres";
  }

  @Override
  public int port() {
    return postgres.getPort();
  }

  @Override
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=require".formatted(port(), DATABASE);
  }

  @Override
  public void stop() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
