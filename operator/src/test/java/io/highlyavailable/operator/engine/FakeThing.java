package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.CloudFailure;
import io.highlyavailable.operator.component.CloudFailureException;
import io.highlyavailable.operator.component.CloudResource;
import io.highlyavailable.operator.component.Component;
import io.highlyavailable.operator.component.ComponentName;
import io.highlyavailable.operator.component.Desired;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Readiness;
import io.highlyavailable.operator.component.Upstream;
import io.highlyavailable.operator.model.App;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A resource that is nothing but its state. */
record FakeThing(String name, String state, Map<String, String> tags) implements CloudResource {
  static FakeThing of(String name) {
    return new FakeThing(name, "available", Map.of());
  }

  FakeThing in(String newState) {
    return new FakeThing(name, newState, tags);
  }

  @Override
  public String id() {
    return "arn:" + name;
  }

  @Override
  public boolean unsettled() {
    return inTransition() || state.equals("checked");
  }

  @Override
  public boolean inTransition() {
    return state.endsWith("ing");
  }

  /** The classifier of the fakes: only failures that say what they are, and bugs. */
  static CloudFailure classify(Throwable error) {
    return error instanceof CloudFailureException known
        ? known.failure()
        : failure(CloudFailure.Kind.INVALID, false);
  }

  static CloudFailure failure(CloudFailure.Kind kind, boolean ambiguous) {
    return new CloudFailure(kind, "fake:Do", kind.name(), "no", "ask", ambiguous);
  }

  static CloudFailureException thrown(CloudFailure.Kind kind) {
    return new CloudFailureException(failure(kind, false));
  }

  /** A component with an inventory of its own. */
  static CloudKind<String, FakeThing> kind(
      Rules rules, FakeAdapter adapter, Duration settle, InstantSource clock, Wakeups wakeups) {
    Inventory<FakeThing> inventory = new Inventory<>(adapter, FakeThing::classify, clock, settle);
    return new CloudKind<>(rules, adapter, new Feed<>(inventory, wakeups));
  }

  /**
   * Its component: the engine asks for little more than its name.
   *
   * @param text the component's name
   * @param managed whether it is more than read
   * @param inRecoveryRegion whether it is a copy
   * @param needsIntent whether a create that is sent twice makes two
   */
  record Rules(String text, boolean managed, boolean inRecoveryRegion, boolean needsIntent)
      implements Component<String, FakeThing> {
    Rules(String text, boolean managed, boolean inRecoveryRegion) {
      this(text, managed, inRecoveryRegion, false);
    }

    @Override
    public ComponentName name() {
      return new ComponentName(text);
    }

    @Override
    public String kind() {
      return "fake-" + text;
    }

    @Override
    public String condition() {
      return "ThingReady";
    }

    @Override
    public Class<FakeThing> resourceType() {
      return FakeThing.class;
    }

    @Override
    public Set<ComponentName> dependsOn() {
      return Set.of();
    }

    @Override
    public boolean wanted(App app) {
      return true;
    }

    @Override
    public Optional<String> resourceName(App app, Upstream.Settings settings) {
      return Optional.of(app.resourceName());
    }

    @Override
    public Desired<String> desired(App app, Upstream upstream) {
      return new Desired.Known<>("available");
    }

    @Override
    public List<Difference> differences(String desired, FakeThing actual) {
      return List.of();
    }

    @Override
    public Readiness readiness(String desired, FakeThing actual) {
      return new Readiness.Ready();
    }

    @Override
    public Set<String> iamActions() {
      return Set.of();
    }
  }
}
