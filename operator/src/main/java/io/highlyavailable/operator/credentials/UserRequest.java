package io.highlyavailable.operator.credentials;

import io.highlyavailable.operator.model.Sensitive;
import io.highlyavailable.operator.model.UserJobVariables;
import java.util.Map;

/**
 * Which user is wanted in which database, as the Job's environment says.
 *
 * @param target the database, and who makes the user
 * @param username the user
 * @param password the user's
 */
record UserRequest(DatabaseTarget target, String username, Sensitive password) {
  /** Needs no quotes in either dialect. */
  private static final String USER = "[a-z_][a-z0-9_]{0,31}";

  /**
   * Reads and checks the request.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  static UserRequest from(Map<String, String> environment) {
    return new UserRequest(
        DatabaseTarget.from(environment),
        DatabaseTarget.text(environment, UserJobVariables.USERNAME, USER),
        new Sensitive(DatabaseTarget.text(environment, UserJobVariables.PASSWORD, ".+")));
  }

  /** The engine of the database. */
  String engine() {
    return target.engine();
  }

  /** The name of the database. */
  String database() {
    return target.database();
  }

  /** Without what must not be shown, whatever a driver puts into its messages. */
  String redacted(String message) {
    return target.redacted(message.replace(password.value(), "***"));
  }
}
