package io.highlyavailable.operator.credentials;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one database user, or gives it another password, and grants it what the owner of an
 * application's database needs. May be run any number of times; drops nothing.
 */
public final class DatabaseUsers {
  private static final Logger log = LoggerFactory.getLogger(DatabaseUsers.class);

  private DatabaseUsers() {}

  /**
   * Does what the environment says, once.
   *
   * @param environment {@link io.highlyavailable.operator.model.UserJobVariables}
   * @param lastWords told in one line why it failed, without secrets
   * @return the exit code: 0 for done, 1 for try again, 2 for an environment that cannot work
   */
  public static int run(Map<String, String> environment, Consumer<String> lastWords) {
    UserRequest request;
    try {
      request = UserRequest.from(environment);
    } catch (IllegalArgumentException e) {
      return failed(2, String.valueOf(e.getMessage()), lastWords);
    }
    try (Connection connection = request.target().connectOrMake()) {
      apply(connection, request);
      log.info("{} may use {}", request.username(), request.database());
      return 0;
    } catch (SQLException e) {
      return failed(1, request.redacted(DatabaseTarget.message(e)), lastWords);
    }
  }

  private static int failed(int code, String message, Consumer<String> lastWords) {
    log.error("{}", message);
    lastWords.accept(message);
    return code;
  }

  private static void apply(Connection connection, UserRequest request) throws SQLException {
    if (request.engine().equals("postgres")) {
      PostgresUser.apply(connection, request);
    } else {
      MySqlUser.apply(connection, request);
    }
  }
}
