package io.highlyavailable.operator.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a real PostgreSQL and a real MariaDB. */
@ResourceLock("database servers")
class DatabaseUsersTest {
  @TempDir static Path directory;
  private static List<Server> servers = List.of();

  @BeforeAll
  static void start() {
    servers = List.of(new PostgresServer(directory), new MariaDbServer(directory));
  }

  @AfterAll
  static void stop() {
    servers.forEach(Server::stop);
  }

  static Stream<Server> servers() {
    return servers.stream();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void bothUsersOwnWhatEitherMade(Server server) throws SQLException {
    make(server, "app_a", "one");
    make(server, "app_b", "two");

    server.execute("app_a", "one", "CREATE TABLE of_a (id INT PRIMARY KEY)");
    server.execute("app_b", "two", "ALTER TABLE of_a ADD COLUMN name VARCHAR(20)");
    server.execute("app_b", "two", "INSERT INTO of_a VALUES (1, 'x')");
    server.execute("app_b", "two", "CREATE VIEW of_b AS SELECT name FROM of_a");
    assertThat(server.query("app_a", "one", "SELECT name FROM of_b")).isEqualTo("x");
    server.execute("app_a", "one", "DROP VIEW of_b");
    server.execute("app_b", "two", "DROP TABLE of_a");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void takesOverWhatTheMasterMadeForTheApp(Server server) throws SQLException {
    master(server, "CREATE TABLE legacy (id INT PRIMARY KEY)");
    master(server, "INSERT INTO legacy VALUES (7)");

    make(server, "app_a", "one");

    assertThat(server.query("app_a", "one", "SELECT id FROM legacy")).isEqualTo("7");
    server.execute("app_a", "one", "ALTER TABLE legacy ADD COLUMN name VARCHAR(20)");
    master(server, "INSERT INTO legacy VALUES (8, 'still')");
    master(server, "CREATE TABLE made_meanwhile (id INT PRIMARY KEY)");
    server.execute("app_a", "one", "INSERT INTO made_meanwhile VALUES (1)");
    make(server, "app_b", "two");
    server.execute("app_b", "two", "DROP TABLE legacy");
    server.execute("app_b", "two", "DROP TABLE made_meanwhile");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void mayBeRunAgainAndDropsNothing(Server server) throws SQLException {
    make(server, "app_a", "one");
    server.execute("app_a", "one", "CREATE TABLE kept (id INT PRIMARY KEY)");
    make(server, "app_a", "one");
    make(server, "app_a", "one");
    assertThat(server.query("app_a", "one", "SELECT COUNT(*) FROM kept")).isEqualTo("0");
    server.execute("app_a", "one", "DROP TABLE kept");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void anotherPasswordTakesThePlaceOfTheOldOne(Server server) throws SQLException {
    make(server, "app_a", "one");
    make(server, "app_a", "other");
    assertThatCode(() -> server.connect("app_a", "other").close()).doesNotThrowAnyException();
    assertThatThrownBy(() -> server.connect("app_a", "one")).isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void speaksTlsForTheServersTakeNothingElse(Server server) throws SQLException {
    make(server, "app_a", "one");
    assertThatCode(() -> server.connect("app_a", "one").close()).doesNotThrowAnyException();
    String plain = server.url().replaceAll("=(require|trust)$", "=disable");
    assertThatThrownBy(() -> DriverManager.getConnection(plain, "app_a", "one").close())
        .isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void rotationBreaksNoConnection(Server server) throws SQLException {
    make(server, "app_a", "password0");
    server.execute("app_a", "password0", "CREATE TABLE visits (n INT)");
    Clients clients = new Clients(server, new Clients.Login("app_a", "password0"));
    try {
      for (int round = 1; round <= 4; round++) {
        String user = round % 2 == 1 ? "app_b" : "app_a";
        make(server, user, "password" + round);
        clients.roll(new Clients.Login(user, "password" + round));
      }
    } finally {
      clients.close();
    }
    System.out.printf(
        "%s: %d connections during 4 rotations, %d failed%n",
        server.engine(), clients.connections(), clients.failures().size());
    assertThat(clients.failures()).isEmpty();
    assertThat(clients.connections()).isGreaterThan(50);
    assertThatCode(() -> server.connect("app_b", "password3").close())
        .as("the user before works on until the next rotation")
        .doesNotThrowAnyException();
    server.execute("app_a", "password4", "DROP TABLE visits");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void saysWithoutSecretsWhyItFailed(Server server) {
    Map<String, String> wrong = server.environment("app_a", "one");
    wrong.put("HAAPP_DATABASE_MASTER_PASSWORD", "canary");
    List<String> words = new ArrayList<>();
    assertThat(DatabaseUsers.run(wrong, words::add)).isEqualTo(1);
    assertThat(words)
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains("haadmin")
                    .contains("SQLSTATE 28")
                    .doesNotContain("canary")
                    .doesNotContain("\n"));
  }

  @Test
  void refusesAnIncompleteEnvironment() {
    List<String> words = new ArrayList<>();
    assertThat(DatabaseUsers.run(Map.of(), words::add)).isEqualTo(2);
    assertThat(words).containsExactly("HAAPP_DATABASE_ENGINE is missing or not valid");
  }

  private static void make(Server server, String user, String password) {
    List<String> words = new ArrayList<>();
    int code = DatabaseUsers.run(server.environment(user, password), words::add);
    assertThat(words).isEmpty();
    assertThat(code).isZero();
  }

  private static void master(Server server, String sql) throws SQLException {
    server.execute(Server.MASTER, Server.MASTER_PASSWORD, sql);
  }
}
