package io.highlyavailable.example.sessions;

import java.util.Map;
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
   * @param environment with {@code SESSION_STORE_TYPE} and the other variables of the binding
   * @throws IllegalArgumentException when a variable is missing or no such store is known
   */
  static Sessions bound(Map<String, String> environment) {
    String type = variable(environment, "SESSION_STORE_TYPE");
    return switch (type) {
      case "redis", "valkey" -> new RedisSessions(variable(environment, "SESSION_STORE_URI"));
      case "memcached" ->
          new MemcachedSessions(
              variable(environment, "SESSION_STORE_HOST"),
              Integer.parseInt(variable(environment, "SESSION_STORE_PORT")),
              Boolean.parseBoolean(variable(environment, "SESSION_STORE_TLS")));
      default -> throw new IllegalArgumentException("not a session store: " + type);
    };
  }

  private static String variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is not set: is there a spec.sessionStore?");
    }
    return value;
  }
}
