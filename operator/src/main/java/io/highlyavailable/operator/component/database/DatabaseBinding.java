package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.DatabaseUser;
import io.highlyavailable.operator.model.Sensitive;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What pods need to reach an instance. */
final class DatabaseBinding {
  private DatabaseBinding() {}

  /**
   * The binding for a user.
   *
   * <p>Without replicas it names the primary as the place to read, so that apps need no condition.
   * Several replicas are one URI for libpq (from version 16, by {@code load_balance_hosts}); MySQL
   * and MariaDB have no URI of several hosts that their clients agree on, so it names the first.
   *
   * @param suffix of the Secret that holds it
   * @param database the database in the instance
   * @param readers the replicas' hosts; may be empty
   * @return empty while the instance has no address
   */
  static Optional<Binding> of(
      String suffix, Database actual, String database, DatabaseUser user, List<String> readers) {
    Database.Endpoint endpoint = actual.endpoint();
    if (endpoint == null) {
      return Optional.empty();
    }
    Engine engine = Engine.of(actual.engine());
    List<String> reading = readers.isEmpty() ? List.of(endpoint.host()) : readers;
    return Optional.of(
        new Binding(
            suffix,
            engine.bindingType(),
            Map.of(
                "host",
                new Sensitive(endpoint.host()),
                "port",
                new Sensitive(String.valueOf(endpoint.port())),
                "database",
                new Sensitive(database),
                "username",
                new Sensitive(user.username()),
                "password",
                user.password(),
                "uri",
                new Sensitive(
                    uri(engine, endpoint.port(), List.of(endpoint.host()), database, user)),
                ReaderHosts.KEY,
                new Sensitive(String.join(",", reading)),
                "reader-uri",
                new Sensitive(uri(engine, endpoint.port(), reading, database, user))),
            user.source()));
  }

  private static String uri(
      Engine engine, int port, List<String> hosts, String database, DatabaseUser user) {
    boolean several = hosts.size() > 1 && !engine.balancing().isEmpty();
    List<String> named = several ? hosts : hosts.subList(0, 1);
    return "%s://%s:%s@%s/%s?%s%s"
        .formatted(
            engine.bindingType(),
            encoded(user.username()),
            encoded(user.password().value()),
            named.stream().map(host -> host + ":" + port).collect(Collectors.joining(",")),
            encoded(database),
            engine.tls(),
            several ? "&" + engine.balancing() : "");
  }

  /** URLEncoder writes forms, where a space is a plus; in a URI it is not. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
