package io.highlyavailable.example.webapp;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.DatabaseUser;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.component.bucket.Bucket;
import io.highlyavailable.operator.component.bucket.BucketRules;
import io.highlyavailable.operator.component.database.Database;
import io.highlyavailable.operator.component.database.DatabaseRules;
import io.highlyavailable.operator.component.sessionstore.SessionStore;
import io.highlyavailable.operator.component.sessionstore.SessionStoreRules;
import io.highlyavailable.operator.model.App;
import io.highlyavailable.operator.model.AppFactory;
import io.highlyavailable.operator.model.AppOutcome;
import io.highlyavailable.operator.model.BindingNames;
import io.highlyavailable.operator.model.Sensitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The environment that the operator would inject, made by the operator's own code. */
final class Injected {
  private static final String REGION = "us-east-1";

  private Injected() {}

  /** What the binding of a session store injects. */
  static Map<String, String> sessionStore(String engine, String host, int port, String password) {
    boolean redis = !engine.equals("memcached");
    SessionStore store =
        new SessionStore(
            "ha-notes",
            "arn",
            "available",
            "1",
            engine,
            new SessionStore.Settings("cache.t4g.small", 3, redis, redis, redis ? 1 : 0, true),
            List.of(),
            null,
            new SessionStore.Endpoints(host, redis ? host : null, port),
            new SessionStore.Security(redis, true, redis, ""),
            Map.of());
    return environment(
        new SessionStoreRules()
            .binding(app("sessionStore: {%s: {}}".formatted(engine)), store, upstream(password))
            .orElseThrow());
  }

  /** What the binding of a PostgreSQL database injects. */
  static Map<String, String> database(
      String host, int port, String name, String username, String password) {
    Database database =
        new Database(
            "ha-notes",
            "arn",
            "available",
            "1",
            "postgres",
            "17.6",
            settings(),
            true,
            new Database.Endpoint(host, port),
            name,
            "master",
            new Database.Parameters("ha-notes-postgres17", "in-sync"),
            false,
            null,
            Map.of());
    DatabaseUser user = new DatabaseUser(username, new Sensitive(password), "source");
    return environment(
        new DatabaseRules()
            .binding(app("database: {rds: {engine: postgres}}"), database, upstream(user))
            .orElseThrow());
  }

  private static Database.Settings settings() {
    return new Database.Settings(
        "db.t4g.medium",
        20,
        null,
        "gp3",
        true,
        false,
        14,
        "01:00-02:00",
        "sun:03:00-sun:04:00",
        true,
        true,
        true,
        "ha-notes",
        new TreeSet<>());
  }

  /** What the binding of a bucket injects. */
  static Map<String, String> storage(String bucket) {
    Bucket made =
        new Bucket(
            bucket,
            "arn:aws:s3:::" + bucket,
            new Bucket.Settings(true, "AES256", true, "", "", new TreeSet<>(), List.of(), ""),
            Map.of());
    return environment(
        new BucketRules().binding(app("storage: {s3: {}}"), made, upstream("")).orElseThrow());
  }

  private static Map<String, String> environment(Binding binding) {
    Map<String, String> environment = new TreeMap<>();
    environment.put(BindingNames.variable("", binding.suffix(), "type"), binding.type());
    binding
        .data()
        .forEach(
            (key, value) ->
                environment.put(BindingNames.variable("", binding.suffix(), key), value.value()));
    return environment;
  }

  private static App app(String block) {
    String manifest =
        """
        metadata: {name: notes, namespace: prod, uid: u}
        spec: {image: "ghcr.io/acme/notes:1.0.0", %s}
        """
            .formatted(block);
    var resource = Serialization.unmarshal(manifest, HighlyAvailableApp.class);
    var outcome = new AppFactory("test", "cluster", REGION, "").create(resource, "namespace");
    return ((AppOutcome.Valid) outcome).app();
  }

  private static Upstream upstream(String password) {
    return new Known(new Sensitive(password), Optional.empty());
  }

  private static Upstream upstream(DatabaseUser user) {
    return new Known(user.password(), Optional.of(user));
  }

  private record Known(Sensitive password, Optional<DatabaseUser> databaseUser)
      implements Upstream {
    @Override
    public <R extends CloudResource> Optional<R> ready(Class<R> type) {
      return Optional.empty();
    }

    @Override
    public <R extends CloudResource> Optional<R> ready(ComponentName name, Class<R> type) {
      return Optional.empty();
    }

    @Override
    public Optional<Sensitive> secret(String suffix) {
      return Optional.of(password);
    }

    @Override
    public Settings settings() {
      return new Settings("1", "aws", "", List.of(), "", "/", "");
    }
  }
}
