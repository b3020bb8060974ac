package io.highlyavailable.example.sessions;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.highlyavailable.api.v1alpha1.HighlyAvailableApp;
import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Upstream;
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

/** The environment that the operator would inject for a store, made by the operator's own code. */
final class Injected {
  private Injected() {}

  static Map<String, String> environment(String engine, String host, int port, String password) {
    boolean redis = !engine.equals("memcached");
    SessionStore store =
        new SessionStore(
            "ha-shop",
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
    Binding binding =
        new SessionStoreRules().binding(app(engine), store, upstream(password)).orElseThrow();
    Map<String, String> environment = new TreeMap<>();
    environment.put(BindingNames.variable("", binding.suffix(), "type"), binding.type());
    binding
        .data()
        .forEach(
            (key, value) ->
                environment.put(BindingNames.variable("", binding.suffix(), key), value.value()));
    return environment;
  }

  private static App app(String engine) {
    String manifest =
        """
        metadata: {name: shop, namespace: prod, uid: u}
        spec: {image: "ghcr.io/acme/shop:1.4.2", sessionStore: {%s: {}}}
        """
            .formatted(engine);
    var resource = Serialization.unmarshal(manifest, HighlyAvailableApp.class);
    var outcome = new AppFactory("test", "cluster", "eu-west-1", "").create(resource, "namespace");
    return ((AppOutcome.Valid) outcome).app();
  }

  private static Upstream upstream(String password) {
    return new Upstream() {
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
        return Optional.of(new Sensitive(password));
      }

      @Override
      public Settings settings() {
        return new Settings("1", "aws", "", List.of(), "", "/", "");
      }
    };
  }
}
