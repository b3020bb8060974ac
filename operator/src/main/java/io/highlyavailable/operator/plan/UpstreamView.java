package io.highlyavailable.operator.plan;

import io.highlyavailable.operator.component.Binding;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.DatabaseUser;
import io.highlyavailable.operator.component.Observation;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.Sensitive;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the components decided so far offer to those that depend on them. */
final class UpstreamView implements Upstream {
  private final AppView view;
  private final boolean rolloutHeld;
  private final Map<Class<?>, CloudResource> ready = new HashMap<>();
  private final Map<ComponentName, CloudResource> byName = new HashMap<>();

  UpstreamView(AppView view, boolean rolloutHeld) {
    this.view = view;
    this.rolloutHeld = rolloutHeld;
  }

  void offer(Component<?, ?> component, CloudResource resource) {
    ready.put(component.resourceType(), resource);
    byName.put(component.name(), resource);
  }

  @Override
  public <R extends CloudResource> Optional<R> ready(Class<R> type) {
    return Optional.ofNullable(ready.get(type)).map(type::cast);
  }

  @Override
  public <R extends CloudResource> Optional<R> ready(ComponentName component, Class<R> type) {
    return Optional.ofNullable(byName.get(component)).map(type::cast);
  }

  @Override
  public Observation<?> observed(ComponentName component) {
    return view.observation(component);
  }

  @Override
  public Optional<Binding> bound(String suffix) {
    return Optional.ofNullable(view.bound().get(suffix));
  }

  @Override
  public Optional<Sensitive> secret(String suffix) {
    return Optional.ofNullable(view.secrets().get(suffix));
  }

  @Override
  public Optional<DatabaseUser> databaseUser() {
    return Optional.ofNullable(view.databaseUser());
  }

  @Override
  public boolean rolloutHeld() {
    return rolloutHeld;
  }

  @Override
  public Settings settings() {
    return view.settings();
  }
}
