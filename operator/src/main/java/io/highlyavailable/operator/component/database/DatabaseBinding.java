package io.highlyavailable.operator.component.database;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.DatabaseUser;
import io.highlyavailable.operator.model.Sensitive;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What pods need to reach an instance. */
final class DatabaseBinding {
  private DatabaseBinding() {}

  /**
   * The binding for a user.
   *
   * @param suffix of the Secret that holds it
   * @return empty while the instance has no address
   */
  static Optional<Binding> of(String suffix, Database actual, DatabaseUser user) {
    Database.Endpoint endpoint = actual.endpoint();
    if (endpoint == null) {
      return Optional.empty();
    }
    Engine engine = Engine.of(actual.engine());
    return Optional.of(
        new Binding(
            suffix,
            engine.bindingType(),
            Map.of(
                "host", new Sensitive(endpoint.host()),
                "port", new Sensitive(String.valueOf(endpoint.port())),
                "database", new Sensitive(actual.databaseName()),
                "username", new Sensitive(user.username()),
                "password", user.password(),
                "uri", new Sensitive(uri(engine, endpoint, actual, user))),
            user.source()));
  }

  private static String uri(
      Engine engine, Database.Endpoint endpoint, Database actual, DatabaseUser user) {
    return "%s://%s:%s@%s:%d/%s?%s"
        .formatted(
            engine.bindingType(),
            encoded(user.username()),
            encoded(user.password().value()),
            endpoint.host(),
            endpoint.port(),
            encoded(actual.databaseName()),
            engine.tls());
  }

  /** URLEncoder writes forms, where a space is a plus; in a URI it is not. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
