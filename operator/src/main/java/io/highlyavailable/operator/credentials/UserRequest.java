package io.highlyavailable.operator.credentials;

import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.operator.model.UserJobVariables;
import java.util.Map;

/**
 * Which user is wanted in which database, as the Job's environment says. Never arguments: those
 * every user of a node may read.
 *
 * @param engine {@code postgres}, {@code mysql} or {@code mariadb}
 * @param host of the database
 * @param port of the database
 * @param database its name
 * @param masterUsername who makes the user
 * @param masterPassword the master's
 * @param username the user
 * @param password the user's
 */
record UserRequest(
    String engine,
    String host,
    int port,
    String database,
    String masterUsername,
    Sensitive masterPassword,
    String username,
    Sensitive password) {
  /** Needs no quotes in either dialect. */
  private static final String USER = "[a-z_][a-z0-9_]{0,31}";

  /** Holds no quote of either dialect. */
  private static final String DATABASE = "[A-Za-z_][A-Za-z0-9_$-]{0,63}";

  /**
   * Reads and checks the request.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  static UserRequest from(Map<String, String> environment) {
    return new UserRequest(
        text(environment, UserJobVariables.ENGINE, "postgres|mysql|mariadb"),
        text(environment, UserJobVariables.HOST, "[A-Za-z0-9.-]+"),
        Integer.parseInt(text(environment, UserJobVariables.PORT, "[0-9]{1,5}")),
        text(environment, UserJobVariables.DATABASE, DATABASE),
        text(environment, UserJobVariables.MASTER_USERNAME, ".+"),
        new Sensitive(text(environment, UserJobVariables.MASTER_PASSWORD, ".+")),
        text(environment, UserJobVariables.USERNAME, USER),
        new Sensitive(text(environment, UserJobVariables.PASSWORD, ".+")));
  }

  private static String text(Map<String, String> environment, String variable, String pattern) {
    String value = environment.getOrDefault(variable, "");
    if (!value.matches(pattern)) {
      throw new IllegalArgumentException(variable + " is missing or not valid");
    }
    return value;
  }

  /** Without what must not be shown, whatever a driver puts into its messages. */
  String redacted(String message) {
    return message
        .replace(masterPassword.value(), "***")
        .replace(password.value(), "***")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
