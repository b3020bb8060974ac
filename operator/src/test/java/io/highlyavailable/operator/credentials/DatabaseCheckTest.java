package io.highlyavailable.operator.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.highlyavailable.operator.model.UserJobVariables;
import java.nio.file.Path;
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
class DatabaseCheckTest {
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

  private static Map<String, String> environment(Server server) {
    Map<String, String> environment = server.environment("", "");
    environment.remove(UserJobVariables.USERNAME);
    environment.remove(UserJobVariables.PASSWORD);
    return environment;
  }

  @ParameterizedTest
  @MethodSource("servers")
  void opensItAsTheMasterAndCountsTheTablesThatAreNotTheEngines(Server server) throws SQLException {
    List<String> words = new ArrayList<>();
    assertThat(DatabaseCheck.run(environment(server), words::add)).isZero();
    assertThat(words).containsExactly("it opens and has 0 tables");
    server.execute(Server.MASTER, Server.MASTER_PASSWORD, "CREATE TABLE a (id INT PRIMARY KEY)");
    server.execute(Server.MASTER, Server.MASTER_PASSWORD, "CREATE TABLE b (id INT PRIMARY KEY)");
    assertThat(DatabaseCheck.run(environment(server), words::add)).isZero();
    assertThat(words).last().isEqualTo("it opens and has 2 tables");
  }

  @ParameterizedTest
  @MethodSource("servers")
  void saysWithoutSecretsWhyItDoesNotOpen(Server server) {
    Map<String, String> wrong = environment(server);
    wrong.put(UserJobVariables.MASTER_PASSWORD, "canary");
    List<String> words = new ArrayList<>();
    assertThat(DatabaseCheck.run(wrong, words::add)).isEqualTo(1);
    assertThat(words)
        .singleElement()
        .satisfies(line -> assertThat(line).contains("SQLSTATE 28").doesNotContain("canary"));
  }

  @Test
  void refusesAnIncompleteEnvironment() {
    List<String> words = new ArrayList<>();
    assertThat(DatabaseCheck.run(Map.of(), words::add)).isEqualTo(2);
    assertThat(words).containsExactly("HAAPP_DATABASE_ENGINE is missing or not valid");
  }
}
