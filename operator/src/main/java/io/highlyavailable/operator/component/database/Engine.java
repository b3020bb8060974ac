package io.highlyavailable.operator.component.database;

import java.util.Map;

/**
 * What differs between the engines.
 *
 * @param bindingType the Service Binding type, also the scheme of the URI
 * @param tls the URI's query that makes a client's connection encrypted: PostgreSQL's {@code
 *     sslmode}, MySQL's {@code ssl-mode} and MariaDB Connector's {@code sslMode}
 * @param balancing more of that query for a URI of several hosts, any of which will do; empty where
 *     there are no such URIs. libpq: "Connection Strings", {@code load_balance_hosts}
 */
record Engine(String bindingType, String tls, String balancing) {
  private static final Map<String, Engine> ENGINES =
      Map.of(
          "postgres",
              new Engine(
                  "postgresql",
                  "sslmode=require",
                  "target_session_attrs=any&load_balance_hosts=random"),
          "mysql", new Engine("mysql", "ssl-mode=REQUIRED", ""),
          "mariadb", new Engine("mariadb", "sslMode=trust", ""));

  static Engine of(String name) {
    Engine engine = ENGINES.get(name);
    if (engine == null) {
      throw new IllegalArgumentException("not an engine: " + name);
    }
    return engine;
  }
}
