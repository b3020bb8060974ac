package io.highlyavailable.operator.component.database;

import java.util.Map;

/**
 * What differs between the engines.
 *
 * @param bindingType the Service Binding type, also the scheme of the URI
 * @param tls the URI's query that makes a client's connection encrypted: PostgreSQL's {@code
 *     sslmode}, MySQL's {@code ssl-mode} and MariaDB Connector's {@code sslMode}
 */
record Engine(String bindingType, String tls) {
  private static final Map<String, Engine> ENGINES =
      Map.of(
          "postgres", new Engine("postgresql", "sslmode=require"),
          "mysql", new Engine("mysql", "ssl-mode=REQUIRED"),
          "mariadb", new Engine("mariadb", "sslMode=trust"));

  static Engine of(String name) {
    Engine engine = ENGINES.get(name);
    if (engine == null) {
      throw new IllegalArgumentException("not an engine: " + name);
    }
    return engine;
  }
}
