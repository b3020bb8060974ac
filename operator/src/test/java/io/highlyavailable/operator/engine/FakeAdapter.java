package io.highlyavailable.operator.engine;

import io.highlyavailable.operator.component.Adapter;
import io.highlyavailable.operator.component.Difference;
import io.highlyavailable.operator.component.Disposal;
import io.highlyavailable.operator.component.Listing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A cloud in memory that notes every call, and in which a test can step in before each. */
final class FakeAdapter implements Adapter<String, FakeThing> {
  final Map<String, FakeThing> things = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  private final String service;
  volatile boolean namesOnly;
  volatile Consumer<String> before = call -> {};
  volatile Consumer<String> after = call -> {};

  FakeAdapter(String service) {
    this.service = service;
  }

  FakeAdapter with(FakeThing... present) {
    for (FakeThing thing : present) {
      things.put(thing.name(), thing);
    }
    return this;
  }

  private void call(String call) {
    calls.add(call);
    before.accept(call);
  }

  long count(String prefix) {
    return calls.stream().filter(call -> call.startsWith(prefix)).count();
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public Listing<FakeThing> list() {
    call("list");
    Listing<FakeThing> listing =
        namesOnly ? Listing.ofNames(things.keySet()) : Listing.of(List.copyOf(things.values()));
    after.accept("list");
    return listing;
  }

  @Override
  public Optional<FakeThing> find(String name) {
    call("find " + name);
    Optional<FakeThing> found = Optional.ofNullable(things.get(name));
    after.accept("find " + name);
    return found;
  }

  @Override
  public FakeThing create(String desired, Map<String, String> tags) {
    call("create " + desired);
    return put(new FakeThing(desired, "creating", tags));
  }

  private FakeThing put(FakeThing thing) {
    things.put(thing.name(), thing);
    return thing;
  }

  @Override
  public FakeThing update(FakeThing actual, String desired, List<Difference> changes) {
    call("update " + desired);
    return put(actual.in(desired));
  }

  @Override
  public FakeThing tag(FakeThing actual, Map<String, String> tags) {
    call("tag " + actual.name());
    Map<String, String> all = new TreeMap<>(actual.tags());
    all.putAll(tags);
    return put(new FakeThing(actual.name(), actual.state(), all));
  }

  @Override
  public FakeThing untag(FakeThing actual, List<String> keys) {
    call("untag " + actual.name());
    Map<String, String> left = new TreeMap<>(actual.tags());
    keys.forEach(left::remove);
    return put(new FakeThing(actual.name(), actual.state(), left));
  }

  @Override
  public Optional<FakeThing> delete(FakeThing actual, Disposal disposal) {
    call("delete " + actual.name());
    things.remove(actual.name());
    return Optional.empty();
  }
}
