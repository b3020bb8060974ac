package io.highlyavailable.example.webapp.sessions;

import io.highlyavailable.example.webapp.Variables;
import java.util.Optional;

/** Where sessions are kept. Safe for use by several threads. */
public interface Sessions extends AutoCloseable {
  /** Sessions that nobody used for so many seconds are forgotten. */
  int IDLE_SECONDS = 1800;

  /** What a session holds, or empty when there is none of this id. */
  Optional<String> find(String id);

  /** Keeps what a session holds, for {@link #IDLE_SECONDS} from now. */
  void keep(String id, String value);

  @Override
  void close();

  /**
   * The store that a HighlyAvailableApp's binding names.
   *
   * @param variables {@code SESSION_STORE_TYPE} and the other variables of the binding
   * @throws IllegalArgumentException when a variable is missing or no such store is known
   */
  static Sessions bound(Variables variables) {
    String type = variable(variables, "TYPE");
    return switch (type) {
      case "redis", "valkey" -> new RedisSessions(variable(variables, "URI"));
      case "memcached" ->
          new MemcachedSessions(
              variable(variables, "HOST"),
              Integer.parseInt(variable(variables, "PORT")),
              Boolean.parseBoolean(variable(variables, "TLS")));
      default -> throw new IllegalArgumentException("not a session store: " + type);
    };
  }

  private static String variable(Variables variables, String name) {
    return variables.bound("SESSION_STORE_" + name, "sessionStore");
  }
}
