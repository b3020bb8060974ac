package io.highlyavailable.example.webapp;

import io.highlyavailable.operator.credentials.DatabaseUsers;
import io.highlyavailable.operator.model.UserJobVariables;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that takes nothing but TLS and passwords, as RDS does, with the user that the
 * operator's own Job makes. It can be stopped and started again with what it holds.
 */
final class PostgresServer implements AutoCloseable {
  private static final String MASTER = "haadmin";
  private static final String DATABASE = "app_notes";
  private static final String USER = "app_a";

  /** With what has to be encoded in a URI. */
  private static final String PASSWORD = "s3cret/@:?&=+ 100%";

  private final Path directory;
  private final Certificate certificate;
  private final int port;
  private @Nullable EmbeddedPostgres running;

  PostgresServer(Path directory, Certificate certificate, int port)
      throws IOException, SQLException {
    this.directory = Files.createDirectories(directory);
    this.certificate = certificate;
    this.port = port;
    Files.writeString(
        directory.resolve("pg_hba.conf"),
        """
        host all postgres 127.0.0.1/32 trust
        hostssl all all 127.0.0.1/32 scram-sha-256
        """);
    EmbeddedPostgres postgres = start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE ROLE %s LOGIN CREATEROLE CREATEDB PASSWORD '%s'".formatted(MASTER, PASSWORD));
      statement.execute("CREATE DATABASE %s OWNER %s".formatted(DATABASE, MASTER));
    }
    makeUser();
  }

  private void makeUser() {
    int exit =
        DatabaseUsers.run(
            Map.of(
                UserJobVariables.ENGINE, "postgres",
                UserJobVariables.HOST, "127.0.0.1",
                UserJobVariables.PORT, String.valueOf(port),
                UserJobVariables.DATABASE, DATABASE,
                UserJobVariables.MASTER_USERNAME, MASTER,
                UserJobVariables.MASTER_PASSWORD, PASSWORD,
                UserJobVariables.USERNAME, USER,
                UserJobVariables.PASSWORD, PASSWORD),
            failure -> {
              throw new IllegalStateException(failure);
            });
    if (exit != 0) {
      throw new IllegalStateException("no user");
    }
  }

  /** What the operator injects for it. */
  Map<String, String> injected() {
    return Injected.database("127.0.0.1", port, DATABASE, USER, PASSWORD);
  }

  EmbeddedPostgres start() throws IOException {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(directory.resolve("data"))
            .setCleanDataDirectory(false)
            .setServerConfig("hba_file", directory.resolve("pg_hba.conf").toString())
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificate.chain().toString())
            .setServerConfig("ssl_key_file", certificate.key().toString())
            .start();
    running = postgres;
    return postgres;
  }

  void stop() throws IOException {
    EmbeddedPostgres postgres = running;
    if (postgres != null) {
      postgres.close();
      running = null;
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
