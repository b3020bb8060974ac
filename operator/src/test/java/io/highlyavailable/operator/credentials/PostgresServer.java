package io.highlyavailable.operator.credentials;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;

/** A PostgreSQL server whose master is no superuser, as in RDS, and that speaks TLS. */
final class PostgresServer implements Server {
  private static final String WORD = "changeit";

  private final EmbeddedPostgres postgres;

  PostgresServer(Path directory) {
    try {
      KeyStore keys = keys(directory.resolve("server.p12"));
      this.postgres =
          EmbeddedPostgres.builder()
              .setServerConfig("hba_file", access(directory).toString())
              .setServerConfig("ssl", "on")
              .setServerConfig("ssl_cert_file", certificate(keys, directory).toString())
              .setServerConfig("ssl_key_file", key(keys, directory).toString())
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
    } catch (GeneralSecurityException | SQLException e) {
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

  private static KeyStore keys(Path file) throws IOException, GeneralSecurityException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                WORD,
                "-dname",
                "CN=localhost")
            .inheritIO()
            .start();
    try {
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, WORD.toCharArray());
    }
    return keys;
  }

  private static Path certificate(KeyStore keys, Path directory)
      throws IOException, GeneralSecurityException {
    return Files.writeString(
        directory.resolve("server.crt"),
        pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
  }

  private static Path key(KeyStore keys, Path directory)
      throws IOException, GeneralSecurityException {
    Path file =
        Files.writeString(
            directory.resolve("server.key"),
            pem("PRIVATE KEY", keys.getKey("server", WORD.toCharArray()).getEncoded()));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
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
