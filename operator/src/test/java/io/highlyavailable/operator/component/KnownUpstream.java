package io.highlyavailable.operator.component;

import io.highlyavailable.operator.model.Sensitive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An upstream of exactly what a test puts in. */
public final class KnownUpstream implements Upstream {
  /** Where apps have their copies. */
  public static final String RECOVERY_REGION = "us-west-2";

  /** What backups are encrypted with there. */
  public static final String RECOVERY_KEY =
      "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555";

  /** Settings of an administrator who has set everything. */
  public static final Settings SETTINGS =
      new Settings(
          "123456789012",
          "aws",
          "vpc-1",
          List.of("sg-clients"),
          "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC",
          "/highlyavailableapp/",
          "",
          RECOVERY_REGION,
          List.of(RECOVERY_KEY));

  private final Settings settings;
  private final Map<Class<?>, CloudResource> ready = new HashMap<>();
  private final Map<ComponentName, CloudResource> byName = new HashMap<>();
  private final Map<ComponentName, Observation<?>> observed = new HashMap<>();
  private final Map<String, Binding> bound = new HashMap<>();
  private final Map<String, Sensitive> secrets = new HashMap<>();

  private @Nullable DatabaseUser user;
  private boolean rolloutHeld;

  public KnownUpstream() {
    this(SETTINGS);
  }

  public KnownUpstream(Settings settings) {
    this.settings = settings;
  }

  public KnownUpstream ready(CloudResource resource) {
    ready.put(resource.getClass(), resource);
    return this;
  }

  public KnownUpstream ready(ComponentName component, CloudResource resource) {
    byName.put(component, resource);
    return ready(resource);
  }

  public KnownUpstream secret(String suffix, String value) {
    secrets.put(suffix, new Sensitive(value));
    return this;
  }

  @Override
  public <R extends CloudResource> Optional<R> ready(Class<R> type) {
    return Optional.ofNullable(type.cast(ready.get(type)));
  }

  @Override
  public <R extends CloudResource> Optional<R> ready(ComponentName component, Class<R> type) {
    return Optional.ofNullable(type.cast(byName.getOrDefault(component, ready.get(type))));
  }

  @Override
  public Optional<Sensitive> secret(String suffix) {
    return Optional.ofNullable(secrets.get(suffix));
  }

  @Override
  public Optional<DatabaseUser> databaseUser() {
    return Optional.ofNullable(user);
  }

  /** A user that exists. */
  public KnownUpstream user(String name, String password) {
    user = new DatabaseUser(name, new Sensitive(password), "source");
    return this;
  }

  @Override
  public Observation<?> observed(ComponentName component) {
    return observed.getOrDefault(component, new Observation.Absent<>());
  }

  /** What an inventory shows of a component that comes later; by default nothing. */
  public KnownUpstream observed(ComponentName component, Observation<?> observation) {
    observed.put(component, observation);
    return this;
  }

  @Override
  public Optional<Binding> bound(String suffix) {
    return Optional.ofNullable(bound.get(suffix));
  }

  /** A binding whose Secret exists. */
  public KnownUpstream bound(Binding binding) {
    bound.put(binding.suffix(), binding);
    return this;
  }

  @Override
  public boolean rolloutHeld() {
    return rolloutHeld;
  }

  /** A migration that has not run to success. */
  public KnownUpstream holdingRollout() {
    rolloutHeld = true;
    return this;
  }

  @Override
  public Settings settings() {
    return settings;
  }
}
